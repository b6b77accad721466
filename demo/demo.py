"""A whole draw, from four Excel files to a bundle that anyone verifies, and two forgeries that nobody believes.

`make demo` runs it. It uses the commands that an office uses, under a clock set by hand and with example numbers; all
that it makes is marked as a demonstration. `DEMO_LANG=en` speaks English.

It begins anew each time, in `var/demo`: its database, its keys and all that it writes lie there, and nothing of it
beside an office's own database, whose log must not meet another's key.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "demo"
DATA = ROOT / "demo" / "data"
PROGRAM = ROOT / ".venv" / "bin" / "audit-service"
LANGUAGE = "en" if os.environ.get("DEMO_LANG") == "en" else "zh"

BEFORE, MEETING = "2026-06-20T01:00:00Z", "2026-07-01T13:30:00Z"
EVENTS = ("--event", "ssq:2026075@2026-07-01T13:15:00Z", "--event", "d10:meeting-2026:20@2026-07-01T01:30:00Z")
PUBLIC = "ssq:2026075:020812192433+07,d10:meeting-2026:84729150366271940583"
OTHER = "ssq:2026075:020812192433+08,d10:meeting-2026:84729150366271940583"

TEXTS = {
    "import": ("一、导入名录：单位、人员、回避、目标任务（Excel）", "1. Import the rosters: units, people, recusals, targets (Excel)"),
    "freeze": ("二、核对名录与目标任务，冻结抽样框，公示", "2. Check the rosters against the annex, freeze the sampling frame, publish it for objections"),
    "commit": ("三、承诺：样本与第一轮分组，在开奖和掷骰之前", "3. Commit the sample and the first round, before the lottery and the dice"),
    "draw": ("四、抽取样本（示例号码）", "4. Draw the sample (example numbers)"),
    "teams": ("五、抽取分组", "5. Draw the teams"),
    "hand-out": ("六、数据包、锚点、抽取记录", "6. The bundle, the anchors, the record"),
    "verify": ("七、核验：本程序与独立核验程序 verify.py", "7. Verify, with this program and with the independent verify.py"),
    "forged": ("八、伪造一：把一个抽中的单位与递补单位对调", "8. Forgery 1: swap a drawn unit with a reserve"),
    "recomputed": ("九、伪造二：换一个开奖号码，全部重新计算", "9. Forgery 2: another lottery number, everything recomputed"),
    "by-hand": ("十、只用 sha256sum 核对一个单位的签号", "10. Check one unit's ticket with nothing but sha256sum"),
    "next": ("接下来可以试", "What to try next"),
    "unexpected": ("与预期不符，演示中止：退出码 {status}", "Not as expected; the demonstration stops: exit {status}"),
    "refused-as-it-should": ("→ 两个核验程序都在第 {step} 步不予认可。", "→ both verifiers refuse it at step {step}."),
    "agrees-with-itself": (
        "→ 没有锚点时，它自相一致（退出码 4）；有锚点时，在第 {step} 步不予认可。所以锚点要取自公告，不要取自数据包。",
        "→ without anchors it agrees with itself (exit 4); with them it is refused at step {step}. So take anchors from the notice, not from the bundle.",
    ),
    "hand-result": ("→ 与上面的签号相同。", "→ the same as the ticket above."),
}  # fmt: skip

NEXT = """  export PATH=$PWD/.venv/bin:$PATH AUDIT_DATABASE_URL=sqlite:///var/demo/audit.db
  audit-service draw show SC-2026-01
  audit-service draw explain SC-2026-01 510104026
  audit-service round show SC-2026-01/1
  python3 verifier/verify.py var/demo/bundle.zip --anchors var/demo/anchors
  audit-service policy show sichuan-2020
  var/demo/record.docx
  README.md, docs/protocol.md"""


def say(code: str, **params: object) -> None:
    """A line in the reader's language; a title where it begins a step."""
    text = TEXTS[code][LANGUAGES.index(LANGUAGE)].format(**params)
    print(text if text.startswith("→") else f"\n=== {text}", flush=True)


LANGUAGES = ("zh", "en")


def run(*arguments: str, clock: str = MEETING, expect: int = 0, quiet: bool = False) -> str:
    """Run a command of the product, show what it prints, and stop if it does not end as it should."""
    settings = {
        "AUDIT_DATABASE_URL": f"sqlite:///{PLACE / 'audit.db'}",
        "AUDIT_DEMO": "1",
        "AUDIT_DEMO_CLOCK": clock,
        "AUDIT_BY": "演示 demo",
    }
    if not quiet:
        print(f"$ audit-service {' '.join(arguments)}", flush=True)
    return _run([str(PROGRAM), *arguments, "--lang", LANGUAGE], settings, expect, quiet)


def verify_py(*arguments: str, expect: int, quiet: bool = False) -> str:
    """Run the independent verifier."""
    if not quiet:
        print(f"$ python3 verifier/verify.py {' '.join(arguments)}", flush=True)
    program = [sys.executable, "-I", str(ROOT / "verifier" / "verify.py"), *arguments, "--lang", LANGUAGE]
    return _run(program, {}, expect, quiet)


def _run(program: list[str], settings: dict[str, str], expect: int, quiet: bool) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDIT_")}
    done = subprocess.run(
        program, env={**kept, **settings}, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if not quiet or done.returncode != expect:
        print(done.stdout + done.stderr, flush=True)
    if done.returncode != expect:
        say("unexpected", status=done.returncode)
        sys.exit(1)
    return done.stdout


def main() -> None:
    """The demonstration, step by step."""
    shutil.rmtree(PLACE, ignore_errors=True)
    prepare()
    draw()
    hand_out()
    forge_a_row()
    forge_everything()
    check_by_hand()
    say("next")
    print(NEXT)


def prepare() -> None:
    """Steps 1 to 3."""
    say("import")
    for roster in ("units:roster", "people:inspectors", "recusals:recusals", "targets:targets"):
        kind, _, file = roster.partition(":")
        run("import", kind, str((DATA / f"{file}_demo.xlsx").relative_to(ROOT)), clock=BEFORE)
    say("freeze")
    run("frame", "check", "--policy", "sichuan-2020", "--excel", "var/demo/check.xlsx", clock=BEFORE)
    run("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020", "--out", "var/demo/frame", clock=BEFORE)
    say("commit")
    run("draw", "commit", "SC-2026-01", *EVENTS, clock=BEFORE)
    run("round", "commit", "SC-2026-01", *EVENTS, clock=BEFORE)


def draw() -> None:
    """Steps 4 and 5."""
    say("draw")
    run("draw", "run", "SC-2026-01", "--public", PUBLIC)
    say("teams")
    run("round", "run", "SC-2026-01/1", "--public", PUBLIC)


def hand_out() -> None:
    """Steps 6 and 7."""
    say("hand-out")
    run("bundle", "SC-2026-01", "--out", "var/demo/bundle.zip")
    run("record", "SC-2026-01", "--out", "var/demo/record.docx")
    (PLACE / "anchors").write_text(run("draw", "show", "SC-2026-01", "--anchors"), encoding="ascii")
    say("verify")
    run("verify", "var/demo/bundle.zip", "--anchors", "var/demo/anchors")
    verify_py("var/demo/bundle.zip", "--anchors", "var/demo/anchors", expect=0)


def forge_a_row() -> None:
    """Step 8: in one cell, the drawn unit and a reserve change places."""
    say("forged")
    entries = unzip(PLACE / "bundle.zip")
    rows = [row.split(",") for row in entries["sample/sample.csv"].decode().split("\n")[1:-1]]
    cell = [row for row in rows if row[:2] == ["re-evaluation", "510100"] and row[3] in ("2", "3")]
    cell[0][3], cell[1][3] = cell[1][3], cell[0][3]
    lines = ["stratum,city,unit,position,ticket", *sorted(",".join(row) for row in rows), ""]
    zip_up(PLACE / "forged.zip", {**entries, "sample/sample.csv": "\n".join(lines).encode()})
    anchors = ("var/demo/forged.zip", "--anchors", "var/demo/anchors")
    run("verify", *anchors, expect=1)
    say("refused-as-it-should", step=agreed_step(*anchors))


def forge_everything() -> None:
    """Step 9: the office does not like the number, takes another, and computes everything anew."""
    say("recomputed")
    folder = PLACE / "forgery"
    for name, data in unzip(PLACE / "bundle.zip").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for part in ("sample", "rounds/1"):
        c = sha256((folder / part / "commitment.json").read_bytes()).hexdigest()
        seeds = {"public": OTHER, "secret": "", "seed": sha256(f"{c}/{OTHER}/".encode()).hexdigest()}
        (folder / part / "seed.json").write_text(json.dumps(seeds, separators=(",", ":")), encoding="ascii")
    shutil.rmtree(folder / "sample" / "octo41")
    run("replay", "var/demo/forgery", "--out", "var/demo/forgery", quiet=True)
    files = [path for path in folder.rglob("*") if path.is_file()]
    zip_up(PLACE / "recomputed.zip", {path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    run("verify", "var/demo/recomputed.zip", expect=4, quiet=True)
    say("agrees-with-itself", step=agreed_step("var/demo/recomputed.zip", "--anchors", "var/demo/anchors"))


def agreed_step(*arguments: str) -> int:
    """The step at which both verifiers refuse a bundle."""
    ours = json.loads(run("verify", *arguments, "--json", expect=1, quiet=True))
    theirs = json.loads(verify_py(*arguments, "--json", expect=1, quiet=True))
    if ours["step"] != theirs["step"]:
        sys.exit(f"the verifiers disagree: {ours} {theirs}")
    step: int = ours["step"]
    return step


def check_by_hand() -> None:
    """Step 10."""
    say("by-hand")
    run("draw", "explain", "SC-2026-01", "510104026")
    seed = json.loads(unzip(PLACE / "bundle.zip")["sample/seed.json"])["seed"]
    line = f"printf '%s' '510104026/{seed}' | od -An -v -tx1 | tr -d ' \\n' | sha256sum"
    print(f"$ {line}", flush=True)
    subprocess.run(["sh", "-c", line], check=True)
    say("hand-result")


def unzip(path: Path) -> dict[str, bytes]:
    """A zip's entries."""
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def zip_up(path: Path, entries: dict[str, bytes]) -> None:
    """A zip of entries, any way of zipping will do."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in entries.items():
            bundle.writestr(name, data)


if __name__ == "__main__":
    main()
