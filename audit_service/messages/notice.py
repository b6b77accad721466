"""Texts of the task notice, 任务通知书: its paper, its check, its commands."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.notice": ("任务通知书：制作、核验。", "Task notices: make them, check one."),
    "help.notice.make": (
        "制作任务通知书（Word、PDF 或只含凭证的 JSON）。",
        "Make the task notice of a unit, or of all (Word, PDF, or the proof alone as JSON).",
    ),
    "help.notice.check": (
        "核验通知上二维码的文字，不需要网络和数据库。退出码：0 通过，4 自相一致但无从确认出处，1 不予认可。",
        "Check the text of a notice's codes, without network and database. Exit 0: verified, 4: consistent, not anchored, 1: refused.",
    ),
    "option.notice-all": ("全部受检单位，每个单位一个文件。", "All inspected units, a file each."),
    "option.notice-as": (
        "文件种类；默认看文件名的结尾，用 --all 时为 docx。",
        "The kind of file; by default the name's ending, with --all docx.",
    ),
    "option.notice-out": ("写入的文件；用 --all 时为文件夹。", "The file to write; with --all the folder."),
    "option.notice-root": (
        "从别处得知的通知树根（64位）。",
        "The root of the notice tree as you know it from elsewhere (64 characters).",
    ),
    "notice-one-or-all": ("请给出一个单位编码，或用 --all。", "Name a unit, or use --all."),
    "notice-format": (
        "{file}：看不出文件种类，结尾应为 {known} 之一（或用 --as 指明）。",
        "{file}: the kind of file is not known; expected one of the endings {known} (or say it with --as).",
    ),
    "notice-not-inspected": (
        "{unit} 不是 {draw} 的受检单位：没有抽中，或已被递补替换。用 draw show {draw} 查看受检单位。",
        "{unit} is not inspected in {draw}: it was not drawn, or was substituted. See draw show {draw}.",
    ),
    "notices-overtaken": (
        "制作通知期间 {name} 有了变化（更正、递补或揭示），这些通知已不适用，未予登记。请重新制作。",
        "{name} was changed while its notices were made (a correction, a substitution, a reveal): these no longer hold, and are not on record. "
        "Make them anew.",
    ),
    "notice-written": ("通知已写入 {out}。", "The notice is in {out}."),
    "notices-written": ("{count} 份通知已写入 {out}。", "{count} notices are in {out}."),
    "notice-log-none": (
        "注意：日志还没有签署到树根那一条，通知中没有日志凭证。请先运行 log publish 再制作。",
        "note: no checkpoint of the log covers the root yet, and the notice has no proof from the log. Run `log publish` and make it again.",
    ),
    "fonts-missing": (
        "文件夹 {folder} 中没有可用的中文字体，不能制作 PDF。请安装 Debian 软件包 fonts-noto-cjk，或用 AUDIT_FONT_FOLDER 指明字体所在文件夹；Word 文件不需要字体。",
        "No Chinese font is in the folder {folder}, so no PDF can be set. Install Debian's fonts-noto-cjk, or name the folder of your fonts with AUDIT_FONT_FOLDER; Word files need none.",
    ),
    # --- checking
    "form.notice-leaf": (
        "salt/unit/stratum/city/position/sampled 六段",
        "six parts, salt/unit/stratum/city/position/sampled",
    ),
    "form.hash-path": ("32 字节散列值的 base64", "base64 of hashes of 32 bytes"),
    "notice-form": (
        "不是通知的文字：应为一行或两行 JSON，即扫描一个或两个二维码所得。",
        "Not the text of a notice: expected one line or two of JSON, as one or two codes give them.",
    ),
    "notice-entry-other": (
        "日志第 {index} 条（从0数起）不是 {draw} 这一树根的记录。",
        "Entry {index} of the log (from 0) is not that of this root of {draw}.",
    ),
    "notice-root-other": (
        "通知的树根是 {found}，已知的是 {known}。",
        "The notice's root is {found}; known is {known}.",
    ),
    "notice-drawn": (
        "{draw}：{unit}（类别 {stratum}，所属地方 {city}）已抽中，排第 {position} 位，共抽 {sampled} 个。",
        "{draw}: {unit} (stratum {stratum}, city {city}) was drawn: position {position} of {sampled}.",
    ),
    "notice-reserve": (
        "{draw}：{unit}（类别 {stratum}，所属地方 {city}）为备选，排第 {position} 位，抽 {sampled} 个；只在递补时受检。",
        "{draw}: {unit} (stratum {stratum}, city {city}) is a reserve: position {position}, drawn are {sampled}; it is inspected only as a substitute.",
    ),
    "notice-tree": ("  通知树根 {root}\n  承诺值 C {c}", "  root of the notice tree {root}\n  commitment C {c}"),
    "notice-logged": (
        "  树根是日志第 {entry} 条，在 {size} 条处的检查点之下。",
        "  The root is entry {entry} of the log, under the checkpoint at {size} entries.",
    ),
    "notice-seen": ("  见证人于 {at} 见过这一检查点。", "  The witness saw this checkpoint at {at}."),
    "notice-full-proof": (
        "  抽取本身是否正确，由数据包证明；封存抽取须待公布之后。",
        "  That the draw itself was right, the bundle shows; of a sealed draw after its reveal.",
    ),
    "notice-verified": (
        "✓ 核验通过：办公室事先受此结果约束。",
        "✓ Verified: the office was bound to this result.",
    ),
    "notice-consistent": (
        "通知自相一致，但无从确认出处：请用 --root 给出公布的树根，或用 --log-key 给出日志公钥。",
        "The notice agrees with itself, but nothing shows whose it is: give the published root (--root) or the log's key (--log-key).",
    ),
    # --- the paper
    "notice.title": ("抽验任务通知书", "Notice of inspection"),
    "notice.footer": (
        "任务通知书  {draw}  {unit}\t第 {page} 页 共 {pages} 页",
        "Notice of inspection  {draw}  {unit}\tPage {page} of {pages}",
    ),
    "notice.sealed": (
        "【封存】{date}公布期限之前，本通知内容不得外传",
        "[SEALED] Not to be passed on before the reveal (by {date})",
    ),
    "notice.addressee": ("{name}：", "To {name}"),
    "notice.drawn": (
        "你单位在“{policy}”的随机抽取中被抽中，应接受抽验。现将有关事项通知如下，请予配合。",
        "Your unit was drawn at random in “{policy}” and is to be inspected. Please give the team your support.",
    ),
    "notice.substitute": (
        "{replaced}不在抽验范围内（依据：{document}），由你单位按抽取次序递补（第{batch}批），应接受“{policy}”的抽验。现将有关事项通知如下，请予配合。",
        "{replaced} is out of scope (document: {document}). Your unit is next in the order of the draw, takes its place (substitution batch {batch}) in “{policy}” and is to be inspected. Please give the team your support.",
    ),
    "notice.task": ("一、抽验任务", "1. The inspection"),
    "notice.mission": ("任务", "Programme"),
    "notice.unit": ("受检单位", "Unit"),
    "notice.finding": ("“回头看”的问题", "Finding looked back on"),
    "notice.unit-named": ("{name}（编码 {unit}）", "{name} (code {unit})"),
    "notice.city": ("所属地方", "Place"),
    "notice.stratum": ("类别", "Stratum"),
    "notice.method": ("抽验方式", "Method"),
    "notice.drawn-at": ("抽取时间", "Drawn at"),
    "notice.when": ("抽验时间：", "Visit on:"),
    "notice.leader": ("抽验组组长：", "Team leader:"),
    "notice.phone": ("联系电话：", "Telephone:"),
    "notice.bound": ("二、结果早已确定，可当即核验", "2. Fixed beforehand, and checked at once"),
    "notice.place": (
        "{city}的“{stratum}”共抽 {sampled} 个单位，你单位排在第 {position} 位，故被抽中。",
        "Of “{stratum}” in {city}, the first {sampled} in the order of tickets are drawn. Your unit stands at position {position} and so is drawn.",
    ),
    "notice.place-reserve": (
        "{city}的“{stratum}”共抽 {sampled} 个单位，你单位排在第 {position} 位，为备选，现依次递补。",
        "Of “{stratum}” in {city}, the first {sampled} in the order of tickets are drawn. Your unit stands at position {position}, is a reserve, and now takes a place.",
    ),
    "notice.bound-says": (
        "检查之前，本办已受上述结果约束：抽取实施时，全部单位的结果结成一棵通知树，其树根于{at}（北京时间）记入日志第 {entry} 条，此后任何改动都会被发现。附件中的凭证证明你单位的结果就在其中，当即可以核验，不需要网络。",
        "Before the visit, this office was bound to that result: when the draw was carried out, the results of all units were joined in one tree, whose root was logged at {at} (Beijing time) as entry {entry}; any later change would be found out. The annex proves that your unit's result is in it. You can check that at once, without a network.",
    ),
    "notice.bound-unlogged": (
        "检查之前，本办已受上述结果约束：抽取实施时，全部单位的结果结成一棵通知树，其树根当即公布，此后任何改动都会被发现。附件中的凭证证明你单位的结果就在其中，当即可以核验，不需要网络。",
        "Before the visit, this office was bound to that result: when the draw was carried out, the results of all units were joined in one tree, whose root was published at once; any later change would be found out. The annex proves that your unit's result is in it. You can check that at once, without a network.",
    ),
    "notice.proof-later": (
        "你单位确系随机抽中的完整证明，待本次封存抽取公布（期限{date}）后随数据包给出；在此之前，本通知只证明本办事先受其约束。",
        "The full proof that your unit was truly drawn follows with the bundle when this sealed draw is revealed (by {date}). Until then this notice proves that the office was bound, and no more.",
    ),
    "notice.proof-now": (
        "你单位确系随机抽中的完整证明，见本次抽取公布的数据包；本通知只证明本办事先受其约束。",
        "The full proof that your unit was truly drawn is in the published bundle of this draw; this notice proves that the office was bound.",
    ),
    "notice.seal": ("（印章）\n{date}", "(seal)\n{date}"),
    "notice.annex": ("附件　抽取凭证", "Annex: the proof"),
    "notice.code-unit": ("凭证一：本单位", "Code 1: your unit"),
    "notice.code-log": ("凭证二：日志", "Code 2: the log"),
    "notice.how": (
        "怎样核验：用手机扫描两个二维码，把所得文字依次存入文件 notice.json，各占一行；在装有 Python 3.9 以上的任何电脑上运行本办公布的 verify.py，不需要网络：",
        "How to check: scan both codes with a telephone, put their texts into a file notice.json, a line each, and run the published verify.py on any computer with Python 3.9 or later; no network is needed:",
    ),
    "notice.elsewhere": (
        "ROOT 为通知树根，KEY 为日志公钥，有一样即可。请从公告、报纸、见证单位等别处取得，与下列数值核对，不要只取自本通知。",
        "ROOT is the root of the notice tree, KEY the log's public key; either will do. Take them from elsewhere (the office's publication, a newspaper, the witness), compare them with the values below, and do not rely on this paper alone.",
    ),
    "notice.root": ("通知树根 ROOT", "Root of the tree (ROOT)"),
    "notice.leaf": ("本单位数据", "Your unit's leaf"),
    "notice.index": ("在树中的位置", "Its place in the tree"),
    "notice.index-of": ("第 {index} 个（从0数起），共 {size} 个", "{index} (from 0) of {size}"),
    "notice.entry": ("日志", "The log"),
    "notice.entry-of": ("第 {entry} 条，检查点在 {size} 条处", "entry {entry}, checkpoint at {size} entries"),
    "notice.checkpoint": ("检查点的根", "Root of the checkpoint"),
    "notice.witnesses": ("见证单位", "Witnesses"),
    "notice.between": ("、", ", "),
    "notice.log-key": ("日志公钥 KEY", "The log's key (KEY)"),
    "notice.path-says": (
        "由本单位数据到树根的路径，共 {count} 个散列值（已含在凭证一中，二维码无法扫描时照此录入）：",
        "The path from your unit's leaf to the root, {count} hashes (they are in code 1; type them where it cannot be scanned):",
    ),
}
