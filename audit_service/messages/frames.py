"""Texts of the frame check, 抽样框核对表, and of who is called to a round."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.frame": ("抽样框：核对、说明差异、记录确认。", "The sampling frame: check, explain, confirm."),
    "help.frame.check": (
        "核对：附件下达 = 名录 = 抽样框 + 排除，逐市州、逐项。有未说明的差异时退出码为1。",
        "Reconcile: ordered by the annex = listed = frame + excluded, city by city. Exit 1 while a difference is unexplained.",
    ),
    "help.frame.confirm": (
        "记录某市州对其名录的确认（盖章文件与日期）。",
        "Note a city's confirmation of its list: the stamped file and its date.",
    ),
    "help.frame.file": ("导出某市州的盖章确认文件。", "Write a city's stamped confirmation out."),
    "help.frame.explain": (
        "凭文件说明某市州某项目标的差异。TARGET 为 naming、livelihood 或 re_evaluation。",
        "Note the document that explains a city's difference. TARGET is naming, livelihood or re_evaluation.",
    ),
    "option.check-draw": ("核对某次抽取冻结时的抽样框。", "Check the frame of a draw as it was when it was frozen."),
    "option.excel": ("把核对表写成 Excel 文件。", "Write the check as an Excel file."),
    "option.confirm-file": (
        "盖章确认文件（扫描件）；予以保存，记录其名称与摘要。",
        "The scan of the stamped list, which is kept; its name and digest are noted.",
    ),
    "option.confirm-date": ("确认日期，如 2026-04-01。", "The day of the confirmation, e.g. 2026-04-01."),
    "option.difference": (
        "现有差异：名录多为正，少为负，如 -1。",
        "The difference as it is: units listed above the number ordered; below it, negative: -1.",
    ),
    "option.inspect-from": (
        "抽验第一天；此日尚不能参加的人员不列入。",
        "The first day of inspection; who cannot come yet is left out.",
    ),
    "option.inspect-to": (
        "抽验最后一天；此日已不能参加的人员不列入。",
        "The last day of inspection; who cannot stay till then is left out.",
    ),
    "check-policy-or-draw": ("请给出 --policy 或 --draw 之一。", "Give one of --policy and --draw."),
    "city-not-known": ("没有市(州)“{found}”。最接近：{near}。", "There is no city “{found}”. Nearest: {near}."),
    "target-unknown": ("没有目标“{target}”。可用：{known}。", "There is no target “{target}”. There are: {known}."),
    "difference-other": (
        "现有差异为 {found}，不是 {given}。请先用 frame check 查看。",
        "The difference is {found}, not {given}. See frame check first.",
    ),
    "confirm-no-units": (
        "名录中没有市(州) {city} 的单位，无可确认。",
        "The roster has no unit of the city {city} to be confirmed.",
    ),
    "confirm-ahead": (
        "确认日期 {day} 在今天（{today}）之后。",
        "The day of the confirmation, {day}, is after today ({today}).",
    ),
    "period-backwards": (
        "抽验最后一天 {until} 早于第一天 {since}。",
        "The last day of inspection, {until}, is before the first, {since}.",
    ),
    "frame-unreconciled": (
        "抽样框有 {count} 处未说明的差异，不能冻结。",
        "The frame has {count} unexplained differences and cannot be frozen.",
    ),
    "frame-no-annex": (
        "注意：没有导入目标任务（附件），抽样框未与下达数核对。用 import targets 导入，或用 import orders 导入本政策的分解表。",
        "Note: no targets were imported, so the frame is not reconciled with the annex. Import them: import targets, or import orders for those of the policy.",
    ),
    "frame-total": ("合计", "total"),
    "frame-and-more": ("另{count}个", "{count} more"),
    "frame-excluded": ("排除：{city} {ground} {count} 个", "excluded: {city}, {ground}: {count}"),
    "frame-confirmed": (
        "已确认：{city}，{units} 个单位，{day}，{file}",
        "confirmed: {city}, {units} units, {day}, {file}",
    ),
    "frame-confirmed-before": (
        "确认后名录有变动，请重新确认：{city}，{day}，{file}",
        "changed since it was confirmed, to be confirmed anew: {city}, {day}, {file}",
    ),
    "frame-unconfirmed": ("尚未确认的{where} {count} 个：{cities}", "not confirmed yet by {count} ({where}): {cities}"),
    "frame-more": (
        "✗ {city} {target}：附件下达 {ordered} 个，名录 {listed} 个，多 {difference} 个。计入的单位：{units}",
        "✗ {city}, {target}: {ordered} ordered, {listed} listed, {difference} too many. Units counted: {units}",
    ),
    "frame-fewer": (
        "✗ {city} {target}：附件下达 {ordered} 个，名录 {listed} 个，少 {difference} 个。计入的单位：{units}。该{where}未计入的单位：{others}",
        "✗ {city}, {target}: {ordered} ordered, {listed} listed, {difference} too few. Units counted: {units}. Units of the {where} that do not count: {others}",
    ),
    "frame-explained-other": (
        "  {day} 说明过差异 {difference}（下达 {ordered} 个、名录 {listed} 个），依据：{document}。现在的数或所列单位与当时不同，该说明不再有效；如仍有依据，请重新说明。",
        "  On {day} a difference of {difference} was explained ({ordered} ordered, {listed} listed), by {document}. The numbers or the units listed are others now, and it counts no more; if a document explains this difference too, explain it anew.",
    ),
    "frame-explained-unnoted": (
        "  {day} 说明过差异 {difference}，依据：{document}。当时没有记下是哪些单位，该说明不再有效；如仍有依据，请重新说明。",
        "  On {day} a difference of {difference} was explained, by {document}. It was not noted then of which units, and it counts no more; if a document explains this difference too, explain it anew.",
    ),
    "astray-two-strata": (
        "✗ {city} {unit}：同时属于类别 {names}；一个单位只能属于一个类别。",
        "✗ {city}, {unit}: belongs to the strata {names}; a unit belongs to one.",
    ),
    "astray-no-stratum": (
        "✗ {city} {unit}：计入{names}，却不属于任何抽样类别。",
        "✗ {city}, {unit}: counts for {names} and is in no stratum.",
    ),
    "astray-no-target": (
        "✗ {city} {unit}：属于类别 {names}，却不计入任何目标任务。",
        "✗ {city}, {unit}: is in the stratum {names} and counts for no target.",
    ),
    "astray-livelihood-unsaid": (
        "✗ {city}：{count} 个单位没有填写是否民生，而本政策按它决定是否抽取：{units}。请在名录中补上“是否民生”列（是或否），重新导入。",
        "✗ {city}: it is not said of {count} units whether they are livelihood targets, by which the policy decides what is drawn: {units}. Fill in the column 是否民生 (是 or 否) and import the roster again.",
    ),
    "frame-people-unseated": (
        "注意：人员类别“{category}”的 {count} 人在本政策中没有可担任的角色，分组时不会派出：{people}。政策派出的人员类别：{known}。如写错请改正名录（也可能与“可任组长”或所属地方有关）。",
        "Note: {count} of the category “{category}” can take no seat under this policy and will be on no team: {people}. The policy seats: {known}. Correct the roster if that is a mistake (it may also be 可任组长 or the place).",
    ),
    "frame-no-findings": (
        "注意：“{stratum}”中没有已销号的问题。只计本政策（{policy}）的问题；其他名称的政策登记的不计，往年的也一样。",
        "Note: “{stratum}” has no closed findings. It counts findings of this policy ({policy}) alone; those of a policy of another name do not count, though it were last year's.",
    ),
    "frame-no-targets": (
        "注意：政策没有写核对哪些目标任务（targets），名录没有可核对的下达数。",
        "Note: the policy names no targets, so that there is no number to hold the roster against.",
    ),
    "frame-uncompared": ("没有可核对的下达数；可以冻结。", "There was nothing to compare; the frame can be frozen."),
    "frame-agrees": ("核对一致，可以冻结。", "Everything agrees; the frame can be frozen."),
    "frame-mend": (
        "请更正名录或目标任务后重新导入；确有依据的差异，用 audit-service frame explain 市州 目标 --policy … --difference … --document … 说明。",
        "Correct the roster or the targets and import them again; a difference with a document behind it: audit-service frame explain CITY TARGET --policy … --difference … --document …",
    ),
    "frame-written": ("核对表已写入 {file}。", "The check is in {file}."),
    "confirmed": (
        "已记录 {city} 的确认：{units} 个单位，{day}，{file}。",
        "Noted: {city} confirmed its {units} units, {day}, {file}.",
    ),
    "explained": (
        "已说明 {city} {target} 的差异 {difference}：{document}",
        "Noted: the difference {difference} of {city}, {target}, is explained by {document}",
    ),
    "column.number": ("序号", "no."),
    "column.county": ("县(市、区)", "county"),
    "column.name": ("建设单位名称", "unit's name"),
    "column.unit": ("单位编码", "code"),
    "column.ordered": ("下达", "ordered"),
    "column.framed": ("抽样框", "in frame"),
    "column.difference": ("差", "difference"),
    "column.explained": ("差异说明", "explained by"),
    "column.confirmed": ("{where}确认", "{where} confirmed"),
    "column.method": ("方式", "method"),
    "column.ground": ("排除理由", "ground"),
    "column.basis": ("依据", "basis"),
    "column.status": ("类别", "status"),
    "frame.sheet-of": ("{policy}，抽取 {draw}", "{policy}, draw {draw}"),
    "frame.sheet-numbers": ("核对表", "check"),
    "frame.sheet-frame": ("抽样框", "frame"),
    "frame.sheet-exclusions": ("排除", "excluded"),
    "frame.sheet-others": ("不涉及", "not concerned"),
    "frame.title-numbers": ("抽样框核对表", "Check of the sampling frame"),
    "frame.title-frame": ("抽样框", "Sampling frame"),
    "frame.title-exclusions": ("排除清单", "Excluded units"),
    "frame.title-others": ("本次不涉及的单位", "Units not concerned this time"),
    "frame.says-frame": ("以下 {count} 个单位参加抽取。", "These {count} units can be drawn."),
    "frame.says-exclusions": (
        "以下 {count} 个单位按政策规定的理由不参加抽取。",
        "These {count} units cannot be drawn, on a ground of the policy.",
    ),
    "frame.says-others": (
        "以下 {count} 个单位在名录中，但不属于本次抽样的任何类别。",
        "These {count} units are on the roster and in no stratum of this draw.",
    ),
    "frame.plan": ("{level}计划：{document}", "plan of the {level}: {document}"),
    "frame.plan-undocumented": ("（未注明文件）", "(no document named)"),
    "frame.unexplained": ("未说明", "unexplained"),
    "frame.explained-other": (
        "未说明（{day} 的说明是针对另一差异：{document}）",
        "unexplained (what was explained on {day} was another difference: {document})",
    ),
    "frame.changed-since": ("（此后名录有变动）", "(changed since)"),
    "called-away": (
        "未列入：{person} 可参加时间 {since} 至 {until}",
        "left out: {person} is available from {since} to {until}",
    ),
    "called-assessor": ("回避：{person} 参加过 {unit} 的现场评定", "recused: {person} assessed {unit} on site"),
    "called-coach": (
        "回避：{person} 所在单位辅导过 {unit}",
        "recused: {person} is of the institution that coached {unit}",
    ),
    "called-assessor-perhaps": (
        "回避：{person} 可能参加过 {unit} 的现场评定（按简称或未分开书写的姓名推断）。如不是，请改正名录中的现场评定专家",
        "recused: {person} perhaps assessed {unit} on site (by an abbreviation, or by names without a mark between them); if not, correct 现场评定专家",
    ),
    "called-coach-perhaps": (
        "回避：{person} 所在单位可能辅导过 {unit}（按简称推断）。如不是，请在名录中写明辅导单位全称",
        "recused: {person} is perhaps of the institution that coached {unit} (by an abbreviation); if not, write the 辅导单位 in full",
    ),
    "called-doubt-assessor": (
        "注意：{unit} 的现场评定专家中有与 {person} 相同的姓名，但像是另一个人（姓名更长，或属于其他单位），未作回避。请核对，必要时用 import recusals 补录。",
        "Note: the name of {person} occurs in the 现场评定专家 of {unit}, but rather as somebody else (a longer name, or another institution), and there is no recusal. Check it, and import a recusal if need be.",
    ),
    "called-doubt-coach": (
        "注意：{unit} 的辅导单位中有与 {person} 相同的姓名，但像是另一个人或单位名称的一部分，未作回避。请核对，必要时用 import recusals 补录。",
        "Note: the name of {person} occurs in the 辅导单位 of {unit}, but rather as somebody else or a part of an institution's name, and there is no recusal. Check it, and import a recusal if need be.",
    ),
    "called-declared": ("回避：{person} 申报回避 {unit}", "recused: {person} declared an interest in {unit}"),
    "called-unread": (
        "注意：{person} 填写的“回避单位及理由”未能认出，或未能全部认出。请核对，必要时用 import recusals 补录。",
        "Note: what {person} wrote under 回避单位及理由 was not understood, or not all of it. Check it, and import a recusal if need be.",
    ),
}
