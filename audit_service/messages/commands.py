"""Texts of the command line itself: help, options, what is said of every command; and the bundle's README."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "refused": ("✗ {why}", "✗ {why}"),
    "usage-option": ("没有选项 {name}。用 --help 查看可用的选项。", "There is no option {name}. See --help."),
    "usage-missing": ("缺少 {name}。用 --help 查看用法。", "{name} is missing. See --help."),
    "usage-value": ("{name} 的值不对：{why}", "The value of {name} is wrong: {why}"),
    "usage-file-missing": (
        "没有文件或文件夹“{found}”。请核对路径；现在所在的文件夹是 {folder}。",
        "There is no file or folder “{found}”. Check its path; you are in the folder {folder}.",
    ),
    "usage-other": ("用法不对：{why}", "Wrong usage: {why}"),
    "option.json": (
        "在标准输出给出一个 JSON 对象，文字信息写到标准错误。",
        "Print one JSON object on standard output, messages on standard error.",
    ),
    "option.lang": ("语言。默认随系统区域设置。", "The language; by default the locale's."),
    "option.by": ("经办人姓名，默认取 AUDIT_BY 或登录名。", "Who acts; by default AUDIT_BY or the login name."),
    "option.event": ("决定结果的公开事件，可多次使用。", "A public event that decides; can be given several times."),
    "option.fallback": (
        "备用事件：任一事件取消时整体改用。",
        "A fallback event; all of them are used if one of the events is cancelled.",
    ),
    "option.sealed": (
        "封存抽取（四不两直）：结果到公布时才公开。",
        "A sealed draw: its result is public only after the reveal.",
    ),
    "option.reveal-by": ("封存抽取的公布期限。", "By when a sealed draw is revealed."),
    "option.replaces": ("所替代的已作废抽取。", "The draw set aside that this one replaces."),
    "option.public": (
        "公开值：来源:事件:值，按承诺的顺序用逗号分隔。",
        "The public value: source:event:value in the committed order, joined by commas.",
    ),
    "option.cancelled": (
        "用备用事件的值时必填：原定事件已取消的依据。",
        "With a value of the fallback events: what shows that one of the first ones was cancelled.",
    ),
    "option.campaign": ("抽验批次，如 2026。", "The campaign, e.g. 2026."),
    "option.policy": ("政策编号，如 sichuan-2020。", "The policy, e.g. sichuan-2020."),
    "option.policy-version": (
        "用过的哪一版；不写为现在安装的。",
        "Which version of those that were used; without it the one that is installed.",
    ),
    "option.policy-out": ("把政策文件原样写入此文件。", "Write the policy's file there, byte for byte."),
    "option.reason": ("理由。", "The reason."),
    "option.ground": ("政策规定的作废理由编号。", "The ground, from the policy's list."),
    "option.document": ("依据的文件（文号或名称）。", "The document that shows it."),
    "option.out": ("写入的文件。", "The file to write."),
    "option.out-folder": ("写入的文件夹。", "The folder to write."),
    "option.commit-out": (
        "把承诺文件 commitment.json 写到此处，以便公布。",
        "Where to write commitment.json, to be published.",
    ),
    "option.anchors": ("锚点文件：每行“C 公开值”。", "A file of anchors, a line “C public” for each commitment."),
    "option.anchors-print": (
        "输出锚点：每个已抽取的承诺一行“C 公开值”。",
        "Print the anchors: a line “C public” for each commitment carried out.",
    ),
    "help.commands": ("命令", "Commands"),
    "help.audit-service": (
        "安全社区抽验：名录、抽样框、承诺、抽取、分组、核验。任何人都可以重放任何一次抽取。",
        "Random sampling and audit of safe communities: rosters, frame, commitment, draw, teams, verification. Anyone can replay any draw.",
    ),
    "help.db": ("数据库。", "The database."),
    "help.db.upgrade": ("把数据库升级到本程序的版本。", "Bring the database to this program's version."),
    "help.policy": ("政策。", "Policies."),
    "help.policy.list": ("列出政策。", "Name the policies."),
    "help.policy.show": (
        "显示政策及每条规则的出处；POLICY 是政策名，或尚未安装的政策文件（.json）。",
        "Show a policy, with the origin of each rule: by its name, or a file (.json) that is not installed yet.",
    ),
    "help.policy_standard.standard": (
        "把考评标准表（Excel）做成政策文件的一部分。",
        "Make a part of a policy file out of a scoring table in Excel.",
    ),
    "option.standard": ("标准的编号，如 scoring-2027。", "The standard's identifier, e.g. scoring-2027."),
    "option.standard-label": (
        "标准的名称，默认同编号。",
        "What the standard is called; its identifier where nothing is given.",
    ),
    "option.standard-of": ("考评单位（unit）还是地方（place）。", "Whether units or places are looked at by it."),
    "option.standard-into": ("写进这个政策文件（的副本）。", "A policy file, into a copy of which it is put."),
    "option.standard-out": ("写出的文件。", "The file that is written."),
    "help.policy.check": ("检查政策文件，逐处指出错误。", "Say what is wrong with a policy file, and where."),
    "help.draw": ("抽取样本。", "Sample draws."),
    "help.draw.freeze": ("冻结抽样框。", "Freeze the sampling frame."),
    "help.draw.commit": (
        "承诺：在事件发生前绑定抽样框与公开事件。",
        "Commit a frozen draw to public events, before they happen.",
    ),
    "help.draw.run": ("用公开值抽取样本。", "Draw the sample with the public value."),
    "help.draw.correct": (
        "更正输错的公开值：两个值都留在记录中，结果重新得出。",
        "Correct a public value that was typed wrongly; both values stay on record.",
    ),
    "help.round.correct": ("更正一轮输错的公开值。", "Correct a round's public value that was typed wrongly."),
    "help.draw.list": ("列出全部抽取。", "List the draws."),
    "help.draw.show": ("显示一次抽取。", "Show a draw."),
    "help.draw.explain": (
        "说明某单位为何抽中或未抽中，并给出手工核对的命令。",
        "Say why a unit was or was not drawn, with one-liners to check it by hand.",
    ),
    "help.draw.trial": ("试算：了解可行性，不产生结果。", "Try a draw and its teams; decides nothing."),
    "help.draw.withdraw": ("在最早事件之前撤回承诺。", "Withdraw a commitment before its earliest event."),
    "help.draw.reveal": ("公布封存的抽取。", "Reveal a sealed draw."),
    "help.draw.set-aside": (
        "结果公布后，依政策规定的理由作废。",
        "Set a published draw aside, on a ground of the policy.",
    ),
    "help.draw.substitute": (
        "凭文件递补已撤并等不在范围内的单位。",
        "Substitute units that a document shows to be out of scope.",
    ),
    "help.round": ("分组轮次（随机匹配抽验人员）。", "Assignment rounds."),
    "help.round.commit": (
        "以当前人员与回避名单承诺下一轮。",
        "Commit the next round with today's people and recusals.",
    ),
    "help.round.run": ("用公开值抽取分组。", "Draw the teams with the public value."),
    "help.round.list": ("列出一次抽取的各轮。", "List the rounds of a draw."),
    "help.round.show": ("显示一轮分组。", "Show a round."),
    "help.round.withdraw": (
        "在最早事件之前撤回一轮的承诺。",
        "Withdraw a round's commitment before its earliest event.",
    ),
    "help.round.reveal": ("公布封存的一轮。", "Reveal a sealed round."),
    "help.evidence.bundle": (
        "写出数据包：一个zip，任何人据此核验。",
        "Write the bundle of a draw: one zip from which anyone verifies it.",
    ),
    "help.evidence.verify": (
        "核验数据包。退出码：0 通过，4 自相一致但未与锚点核对，1 不予认可。",
        "Verify a bundle. Exit 0: verified, 4: consistent but not anchored, 1: refused.",
    ),
    "help.evidence.replay": (
        "由冻结文件重放抽取，只写出结果文件。",
        "Draw again from frozen files; writes the result files alone.",
    ),
    "db-upgraded": ("数据库结构已是版本 {version}。", "The database's schema is version {version}."),
    "bundle-written": ("数据包已写入 {file}（{size} 字节）。", "The bundle is in {file} ({size} bytes)."),
    "bundle-readme": (
        """随机抽取数据包 {draw}

本包含有一次抽取的全部冻结文件、承诺、种子和结果；人员只以编号出现。任何人都可以据此重放。

一、不用任何工具，只用 sha256sum：
  C     ：sha256sum sample/commitment.json
  冻结文件：sha256sum sample/frame.csv 等，应与 commitment.json 所载一致
  种子  ：printf '%s' "$C/$public/$secret" | sha256sum      （public、secret 见 sample/seed.json；公开抽取 secret 为空）
  签号  ：printf '%s' "$unit/$SEED" | od -An -v -tx1 | tr -d ' \\n' | sha256sum      （unit 为单位编号）
  每个类别在每个市州内按签号从大到小排列，前 n 个抽中（n 见 sample/allocation.csv，其算法见协议第5节）。
二、用 ICANN 公布的程序（github.com/icann/random-candidate-selection）：
  python3 candidate-selection.py sample/octo41/类别/市州.candidates sample/octo41/类别/市州.selection
三、全部核验（只需 Python 3.9 以上）：
  python3 verify.py 本包.zip --anchors anchors.txt
  verify.py 与协议 docs/protocol.md 随 audit-service 公布。anchors.txt 每行“C 公开值”，
  请从公告、日志、彩票机构网站等别处取得，不要取自本包：伪造者能做出自相一致的整包。

本文件只供阅读，不是证据，核验时不检查。
""",
        """Bundle of the random draw {draw}

It holds every frozen file, commitment, seed and result of a draw; people appear by code alone. Anyone can replay it.

1. With nothing but sha256sum:
  C             sha256sum sample/commitment.json
  frozen files  sha256sum sample/frame.csv and so on; compare with commitment.json
  seed          printf '%s' "$C/$public/$secret" | sha256sum      (public and secret: sample/seed.json; an open draw's secret is empty)
  ticket        printf '%s' "$unit/$SEED" | od -An -v -tx1 | tr -d ' \\n' | sha256sum      (unit: the unit's code)
  Of each stratum in each city the units stand highest ticket first; the first n are drawn (n: sample/allocation.csv; how it
  comes about: section 5 of the protocol).
2. With ICANN's published program (github.com/icann/random-candidate-selection):
  python3 candidate-selection.py sample/octo41/STRATUM/CITY.candidates sample/octo41/STRATUM/CITY.selection
3. Everything, with Python 3.9 or later alone:
  python3 verify.py BUNDLE.zip --anchors anchors.txt
  verify.py and the protocol, docs/protocol.md, are published with audit-service. anchors.txt has a line "C public" for each
  commitment; take them from elsewhere (the office's notice, a log, the lottery's own site), not from this bundle: a forger
  can make a whole bundle that agrees with itself.

This file is for reading; it is not evidence and is not checked.
""",
    ),
}
