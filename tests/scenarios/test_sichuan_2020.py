"""The programme of 2020 in Sichuan over HTTP, from the document of 11 March to next year's roster.

The story is the test at the end; each of its steps is a function, in the same order: those until the teams are drawn in
`sichuan_draw.py`, visits and what comes of them in `sichuan_visits.py`, titles and divisions in `sichuan_titles.py`,
reports and funds in `sichuan_reports.py`.

Sections such as 四(二) are those of 《四川省2020年安全社区建设工作意见》. Units and codes are real places; what befalls
them here is made up.
"""

from __future__ import annotations

import json
from collections import Counter

from audit_service.files.policies import lookup
from tests.office import Office
from tests.roster_rows import UNIT
from tests.scenarios.sichuan import (
    FUXING,
    POLICY,
    Year,
    opened,
)
from tests.scenarios.sichuan_draw import (
    BAISHU,
    DRAW,
    GUANZI,
    JINGUAN,
    each_city_makes_its_schedule,
    list_annex_and_frame_are_reconciled,
    nobody_starts_anew_from_2020_on,
    one_drops_out_and_one_unit_is_merged_away,
    only_the_empty_seat_is_filled,
    team_drawn,
    the_annex_orders_85_to_be_named_and_258_to_be_re_evaluated,
    the_cities_name_their_people,
    twenty_one_cities_send_lists_and_most_have_no_codes,
    twenty_twenty_and_ten_per_cent_are_drawn,
    two_targets_become_one_division,
)
from tests.scenarios.sichuan_reports import (
    a_city_says_what_it_organised,
    april_is_reported_with_may_and_late,
    autumn_is_reported,
    building_at_the_last_minute_is_flagged,
    continual_improvement_is_shown_by_a_yearly_report,
    every_city_reports_its_funds,
    julys_figures_are_the_same_again,
    julys_report_is_the_same_again,
    one_city_reports_july_in_time,
    targets_are_named_and_re_named,
    the_funds_are_evaluated,
    the_others_report_july_too_late,
    what_is_not_done_counts_in_the_citys_appraisal,
)
from tests.scenarios.sichuan_titles import (
    SANSHENG,
    its_check_within_two_years_is_overdue_until_a_visit_is_recorded,
    no_city_gives_up_a_title_of_another,
    sansheng_gets_another_name_and_code_and_keeps_its_title,
    who_is_merged_into_a_division_that_has_not_built_is_not_named,
)
from tests.scenarios.sichuan_visits import (
    SEVEN,
    every_visit_is_recorded,
    everybodys_list_has_what_is_theirs,
    nothing_counts_before_everybody_signed,
    one_unit_rectifies_and_is_rechecked_by_who_did_not_find_it,
    team_and_unit_sign,
    technical_support_people_look_back_and_nobody_where_they_assessed_or_their_institution_coached,
    the_city_learns_of_its_units_and_everybody_has_a_list,
    the_citys_own_score_stands_beside_ours,
    the_form_has_seven_areas_and_nine_haves,
    the_rectified_unit_is_closed,
    the_unit_that_failed_is_heard_and_its_case_published,
    two_institutions_take_the_title_away,
    units_of,
    what_follows_from_a_deviation_is_seen_to,
    what_the_sample_says,
)
from tests.scenarios.year import begin, people


def next_years_roster_is_this_ones_end(year: Year, office: Office) -> None:
    """年度结转: whoever lost the title or was merged is left out, everybody else has the status that their life has."""
    office.environment = {**office.environment, "AUDIT_TOKEN": year.desk.tokens["office"]}
    draft = office.folder / "2021.xlsx"
    command = ("life", "roll-over", "--policy", POLICY, "--year", "2021", "--out", draft)
    made = office.at(year.desk.clock).run(*command).json
    assert (made["units"], made["without"], made["of"]) == (343, [], [POLICY])
    assert year.send("units/import", {draft.name: draft.read_bytes()}, complete="true")["left"] == 1
    pages = [year.get(f"units?page_size=200&page={page}")["items"] for page in (1, 2)]
    status = {row["unit"]: row["status"] for page in pages for row in page}
    assert Counter(status.values()) == {"named": 341, "building": 1, "re-evaluation": 1}
    assert (BAISHU in status, GUANZI in status) == (False, False)
    assert (status[FUXING], status[JINGUAN], status[SANSHENG]) == ("named", "building", "re-evaluation")  # 第3年复评


def anybody_can_verify_the_draw(year: Year, office: Office) -> None:
    (office.folder / "b.zip").write_bytes(year.desk.ask("GET", f"{DRAW}/bundle").data)
    (office.folder / "anchors").write_text("\n".join(year.get(f"{DRAW}/anchors", "")["anchors"]) + "\n")
    verified = office.run("verify", office.folder / "b.zip", "--anchors", office.folder / "anchors").json
    assert verified["verdict"] == "verified"


def test_an_office_adds_areas_of_its_own_to_the_seven(office: Office) -> None:
    """三(四), 三(三): “7+N”: the document names the seven and leaves N to the office, which writes it in its policy."""
    programme = json.loads(lookup(None)(POLICY).source) | {"policy": "sichuan-own"}
    (seven,) = (each for each in programme["standards"] if each["standard"] == "seven-plus-n")
    own = {"zh": "电动自行车消防安全", "en": "fire safety of electric bicycles"}
    chosen = {"chosen": {"zh": "“7+N”的N由本办确定。", "en": "The N of “7+N” is this office's own."}}
    criterion = {"criterion": "n-bicycles", "number": "N1", "text": own}
    seven["areas"].append({"area": "area-n", "label": own, "methods": [], "criteria": [criterion], "rule": chosen})
    (office.folder / "own").mkdir()
    (office.folder / "own" / "sichuan-own.json").write_text(json.dumps(programme), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(office.folder / "own")}
    year = begin(office, "sichuan-own", "2020-03-11")
    assert year.table("units/import", [UNIT | {"类别": "复评"}])["imported"] == 1
    assert year.table("inspectors/import", people("自贡市", "A1", "A2"))["imported"] == 2
    year.team = ["A1", "A2"]
    check = year.check(UNIT["单位编码"], "complaint", "2020-04-10")
    (form,) = (
        each
        for each in year.desk.get(f"outcomes/{check}/{UNIT['单位编码']}/checklist", "office")["standards"]
        if each["standard"] == "seven-plus-n"
    )
    assert [area["label"]["zh"] for area in form["areas"]] == [*SEVEN, own["zh"]]
    found = year.found(check, UNIT["单位编码"], n_bicycles="not-met")
    assert [each["criterion"] for each in found["answers"] if each["state"] == "not-met"] == ["n-bicycles"]


def test_the_year_2020_in_sichuan(office: Office) -> None:  # noqa: PLR0915  # a year has so many steps
    year = opened(office)
    the_annex_orders_85_to_be_named_and_258_to_be_re_evaluated(year)
    twenty_one_cities_send_lists_and_most_have_no_codes(year)
    nobody_starts_anew_from_2020_on(year)
    two_targets_become_one_division(year)
    list_annex_and_frame_are_reconciled(year)
    every_city_reports_its_funds(year, "2020-03", "2020-04-03")
    each_city_makes_its_schedule(year)
    sample = twenty_twenty_and_ten_per_cent_are_drawn(year)
    april_is_reported_with_may_and_late(year)
    the_cities_name_their_people(year)
    before = team_drawn(year.on("2020-06-15"), 1, "2020-06-16", "2020046")
    one_drops_out_and_one_unit_is_merged_away(year, before)
    teams = team_drawn(year, 2, "2020-06-18", "2020047")
    only_the_empty_seat_is_filled(before, teams)
    units = {packet: units_of(year, team, packet) for packet, team in teams.items()}
    assert len(sample) == sum(map(len, units.values())) == 43
    technical_support_people_look_back_and_nobody_where_they_assessed_or_their_institution_coached(year, teams, units)
    packet = next(packet for packet in units if BAISHU in units[packet])
    the_city_learns_of_its_units_and_everybody_has_a_list(year, teams[packet])
    the_form_has_seven_areas_and_nine_haves(year, teams[packet][0], BAISHU)
    every_city_reports_its_funds(year, "2020-06", "2020-07-04")
    every_visit_is_recorded(year, teams, units)
    nothing_counts_before_everybody_signed(year, teams[packet])
    for packet, team in teams.items():
        for unit in units[packet]:
            team_and_unit_sign(year, team, unit, "objects" if unit == BAISHU else "agrees")
    the_citys_own_score_stands_beside_ours(year)
    what_follows_from_a_deviation_is_seen_to(year)
    other = teams["city-staff-001"][0]
    one_unit_rectifies_and_is_rechecked_by_who_did_not_find_it(year, other)
    the_unit_that_failed_is_heard_and_its_case_published(year)
    everybodys_list_has_what_is_theirs(year, other)
    july = what_the_sample_says(year)
    the_rectified_unit_is_closed(year, other)
    one_city_reports_july_in_time(year)
    two_institutions_take_the_title_away(year)
    the_others_report_july_too_late(year)
    building_at_the_last_minute_is_flagged(year)
    autumn_is_reported(year)
    targets_are_named_and_re_named(year)
    julys_report_is_the_same_again(year)
    what_is_not_done_counts_in_the_citys_appraisal(year)
    continual_improvement_is_shown_by_a_yearly_report(year)
    a_city_says_what_it_organised(year)
    the_funds_are_evaluated(year)
    julys_figures_are_the_same_again(year, july)
    who_is_merged_into_a_division_that_has_not_built_is_not_named(year)
    sansheng_gets_another_name_and_code_and_keeps_its_title(year)
    its_check_within_two_years_is_overdue_until_a_visit_is_recorded(year)
    no_city_gives_up_a_title_of_another(year)
    next_years_roster_is_this_ones_end(year, office)
    anybody_can_verify_the_draw(year, office)
