"""Texts of visits: forms, outcomes, signatures, evidence, checks beside the sample, pauses."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # --- commands
    "help.outcome": (
        "抽验结果：取表、登记、更正、签字、证据。",
        "Outcomes of visits: form, record, correct, sign, evidence.",
    ),
    "help.outcome.list": ("列出抽验结果。", "List outcomes."),
    "help.outcome.show": (
        "查看一次抽验：各版本、签字、问题、证据。",
        "Show a visit: versions, signatures, findings, evidence.",
    ),
    "help.outcome.form": (
        "导出现场抽验记录表（Excel，可离线填写），或显示检查内容。",
        "Write the form of a visit (Excel, to fill in offline), or show its checklist.",
    ),
    "help.outcome.record": (
        "从填好的记录表或 JSON 登记抽验结果；所有问题一次指出。",
        "Record an outcome from a filled-in form or JSON; all errors are told at once.",
    ),
    "help.outcome.correct": (
        "更正抽验结果：形成新版本，原版本保留。",
        "Correct an outcome: a new version; the old one stays.",
    ),
    "help.outcome.sign": (
        "登记签字：抽验组成员，或被抽验单位（属实、有异议、拒签）。",
        "Write down a signature: a member of the team, or the unit (agrees, objects, refuses).",
    ),
    "help.outcome.attach": (
        "保存证据文件（照片、扫描件、PDF、Word、Excel、视频、录音）。",
        "Keep a file of evidence (photograph, scan, PDF, Word, Excel, film, sound).",
    ),
    "help.outcome.file": ("导出证据文件。", "Write a file of evidence out."),
    "help.targeted": (
        "定向抽查：投诉举报、事故、上年不合格等，不进入样本推断。",
        "Checks beside the sample (complaint, accident, last year's failure), outside of every estimate.",
    ),
    "help.targeted.open": (
        "下达定向抽查，指定抽查组（回避规则同样适用）。",
        "Order a check; the office names the team, nobody of it recused.",
    ),
    "help.targeted.list": ("列出定向抽查。", "List the checks."),
    "help.pause": ("暂停（疫情、汛情）：期限停止计算。", "Pauses (epidemic, flood): the clocks stand."),
    "help.pause.begin": (
        "依据文件开始暂停：整个批次，或其中部分市州。",
        "Stop the clocks of a campaign or of a region, by a document.",
    ),
    "help.pause.end": ("依据文件结束暂停。", "Let the clocks run again, by a document."),
    "help.pause.list": ("列出暂停。", "List pauses."),
    "option.visit-inspector": (
        "抽验组成员编号（单机构模式）；不写则由办公室凭签字纸件登记。",
        "A member of the team (one-office mode); without it the office records by the signed paper.",
    ),
    "option.visit-scan": (
        "已用 outcome attach 保存的签字纸件扫描件的 SHA-256。",
        "The SHA-256 of the signed paper's scan, which `outcome attach` kept.",
    ),
    "option.visit-from": ("填好的记录表（.xlsx）或 JSON 文件。", "The filled-in form (.xlsx), or JSON."),
    "option.visit-occasion": ("抽取编号或定向抽查编号。", "A draw or a check."),
    "option.form-out": ("写入的 Excel 文件。", "The Excel file to write."),
    "option.visit-why": ("更正理由。", "Why it is corrected."),
    "option.visit-withdraw": (
        "撤回已通知单位的问题：编号=理由，可多次。",
        "Take back a finding of which the unit was told: FINDING=REASON; may be repeated.",
    ),
    "option.visit-signer": ("签字人：成员编号，或 unit（被抽验单位）。", "Who signs: a member's code, or `unit`."),
    "option.visit-stance": (
        "成员 signed（由办公室注明理由时 left 离岗未签、refuses 拒签）；单位 agrees 属实、objects 有异议、refuses 拒签。",
        "A member: signed (left or refuses, as the office says with the reason). The unit: agrees, objects, refuses.",
    ),
    "option.visit-name": (
        "单位签字人姓名（不进入日志）。",
        "The name of the unit's person (it does not enter the log).",
    ),
    "option.evidence-out": ("写入的文件。", "The file to write."),
    "option.check-campaign": ("所属批次，可不写。", "The campaign, if any."),
    "option.check-ground": ("政策文件所列事由。", "A ground that the policy lists."),
    "option.check-document": ("依据文件。", "The document by which it is ordered."),
    "option.check-team": ("抽查组成员编号，至少两名。", "A member of the team; two at least."),
    "option.check-due": ("完成期限。", "The day by which it is done."),
    "option.pause-document": ("依据文件。", "The document."),
    "option.pause-campaign": ("批次；不写则所有批次。", "The campaign; all where it is left out."),
    "option.pause-city": ("市州，可多次；不写则全部。", "A city; may be repeated; all where it is left out."),
    "option.pause-since": ("暂停首日。", "The first day."),
    "option.pause-last": ("暂停末日。", "The last day."),
    "outcomes-none": ("没有抽验结果。", "No outcomes."),
    "form-written": (
        "现场抽验记录表已写入 {file}。填好后用 outcome record --from 读回。",
        "The form is in {file}. Fill it in, and read it back with `outcome record --from`.",
    ),
    "evidence-kept": ("已保存 {file}，SHA-256：{digest}", "Kept {file}; SHA-256: {digest}"),
    "evidence-written": ("证据已写入 {file}。", "The evidence is in {file}."),
    "visit-stands": ("{occasion} {unit}：{state}", "{occasion} {unit}: {state}"),
    "visit-version": (
        "  第 {number} 版 {day} {kind} 结论：{verdict} 得分：{score} 更正理由：{why}",
        "  version {number} {day} {kind}, verdict: {verdict}, score: {score}, corrected because: {why}",
    ),
    "visit-counted": (
        "! {criterion}：检查组填写 {said}，系统清点为 {own}（{period}）。",
        "! {criterion}: the team wrote {said}, the system counts {own} ({period}).",
    ),
    "visit-band": ("{score}（{bands}）", "{score} ({bands})"),
    "visit-finding": (
        "  问题 {finding}（{state}，期限 {moved_to}）{description}",
        "  finding {finding} ({state}, due {moved_to}) {description}",
    ),
    "visit-signature": ("  第 {version} 版 {signer}：{stance}", "  version {version} {signer}: {stance}"),
    "visit-unsigned": ("  尚未签字：{who}", "  not signed yet: {who}"),
    "visit-substitution": (
        "  不在抽验范围。请凭文件递补：audit-service draw substitute {occasion} {unit} --document 文件",
        "  Out of scope. Substitute it by a document: audit-service draw substitute {occasion} {unit} --document TEXT",
    ),
    "check-opened": (
        "定向抽查 {check} 已下达：{unit}，期限 {due}。",
        "The check {check} of {unit} is ordered, due {due}.",
    ),
    "checks-none": ("没有定向抽查。", "No checks beside the sample."),
    "pause-begun": ("暂停 {pause} 自 {since} 起。", "The pause {pause} began on {since}."),
    "pause-over": (
        "暂停 {pause} 至 {until} 止，此后期限继续计算。",
        "The pause {pause} ended with {until}; the clocks run again.",
    ),
    "pauses-none": ("没有暂停。", "No pauses."),
    # --- outcomes
    "outcome-errors": (
        "抽验结果有 {count} 处不对，什么也没有登记。逐处改正后重试。",
        "The outcome has {count} errors, and nothing was recorded. Mend each and try again.",
    ),
    "visit-none": (
        "没有 {occasion} 对 {unit} 的抽验，或者不由您办理。请核对编号。",
        "There is no visit of {unit} on {occasion}, or it is not yours. Check both.",
    ),
    "outcome-there": (
        "{occasion} 对 {unit} 已有抽验结果。要改请用更正（outcome correct），并写明理由。",
        "{occasion} has an outcome of {unit} already. Correct it (`outcome correct`), with the reason.",
    ),
    "outcome-not-there": (
        "{occasion} 对 {unit} 还没有抽验结果。请先登记。",
        "{occasion} has no outcome of {unit} yet. Record it first.",
    ),
    "outcome-day": (
        "抽验日期 {day} 应在 {since} 与今天（{today}）之间。",
        "The day {day} must lie between {since} and today ({today}).",
    ),
    "paper-needed": (
        "由办公室代为登记时，须先保存抽验组签字纸件的扫描件，并写明其 SHA-256（scan）。",
        "The office records by the paper that the team signed: keep its scan first, and name its SHA-256 (scan).",
    ),
    "scan-not-kept": (
        "{digest} 不是本次抽验已保存的证据。请先保存扫描件。",
        "{digest} is not kept as evidence of this visit. Keep the scan first.",
    ),
    "outcome-not-inspected": (
        "{kind} 不是已抽验，不能有逐条结果或问题。请去掉，或改为 inspected。",
        "Where the kind is {kind} nothing was looked at: leave out answers and findings, or say inspected.",
    ),
    "outcome-document": ("{kind} 须写明依据文件（document）。", "The kind {kind} needs the document that shows it."),
    "outcome-no-verdict": ("{kind} 本身没有结论，请去掉结论。", "The kind {kind} has no verdict; leave it out."),
    "outcome-refused-how": ("拒绝抽验须在说明（remarks）中写明经过。", "Say in the remarks how access was refused."),
    "answer-unknown": (
        "本单位的检查内容中没有条目 {criterion}。请用本次抽验的表。",
        "The checklist of this unit has no criterion {criterion}. Use the form of this visit.",
    ),
    "answer-twice": (
        "条目 {criterion} 出现 {count} 次，应只有一次。",
        "The criterion {criterion} is answered {count} times; answer it once.",
    ),
    "answer-missing": (
        "条目 {criterion} 没有填写：应填是否符合，或扣分，或实测数值。",
        "The criterion {criterion} is not answered: say a state, points off, or the number found.",
    ),
    "answer-met-off": (
        "条目 {criterion} 符合或不适用，却扣了 {off} 分。请改其中一项。",
        "The criterion {criterion} is met or does not apply, yet {off} points are off. Change one of them.",
    ),
    "answer-not-met-off": (
        "条目 {criterion} 不符合，却没有扣分。请填扣分，或改为部分符合、符合。",
        "The criterion {criterion} is not met, yet no points are off. Say how many, or another state.",
    ),
    "answer-partly": (
        "条目 {criterion}：只有扣了一部分分的才是部分符合。请填扣分，或改为符合、不符合。",
        "The criterion {criterion}: partly means that some of its points are off. Say how many, or another state.",
    ),
    "answer-reason": (
        "条目 {criterion} 扣了 {off} 分，没有写扣分原因。",
        "The criterion {criterion} has {off} points off and no reason.",
    ),
    "answer-points-none": (
        "条目 {criterion} 没有标准分，不能扣分。",
        "The criterion {criterion} gives no points; none can be off.",
    ),
    "answer-points-fine": (
        "条目 {criterion}：{found} 至多两位小数，得分按两位小数计算。",
        "The criterion {criterion}: {found} may have two decimals at most, in which scores are reckoned.",
    ),
    "answer-points-sum": (
        "条目 {criterion}：扣分 {off} 加得分 {got} 不等于标准分 {points}。",
        "The criterion {criterion}: {off} off and {got} left do not make {points}.",
    ),
    "answer-points-range": (
        "条目 {criterion}：扣分 {off} 应在 0 与标准分 {points} 之间。",
        "The criterion {criterion}: {off} points off; expected 0 to {points}.",
    ),
    "answer-got-range": (
        "条目 {criterion}：得分 {got} 应在 0 与标准分 {points} 之间。",
        "The criterion {criterion}: {got} points left (得分); expected 0 to {points}.",
    ),
    "answer-numbers-many": (
        "条目 {criterion} 要求 {count} 个数，填了 {found} 个。",
        "The criterion {criterion} asks for {count} numbers; {found} were found.",
    ),
    "answer-number-missing": (
        "条目 {criterion} 要求 {count} 个数，只填了 {found} 个。请补填，或写明原因。",
        "The criterion {criterion} asks for {count} numbers; {found} were found. Fill in the others, or say why not.",
    ),
    "answer-against-number": (
        "条目 {criterion} 填的是 {said}，按实测数值应为 {follows}。请改正，或写明原因。",
        "The criterion {criterion} says {said}; by the number it is {follows}. Change one, or give the reason.",
    ),
    "finding-criterion": (
        "第 {place} 个问题所指条目 {criterion} 不在检查内容中。",
        "Finding {place} names the criterion {criterion}, which the checklist does not have.",
    ),
    "finding-severity": (
        "第 {place} 个问题的严重程度“{found}”不在政策所列之中：{known}。",
        "Finding {place}: the severity “{found}” is none of the policy's: {known}.",
    ),
    "finding-deadline-missing": (
        "第 {place} 个问题没有整改期限，政策也没有规定天数。请填写期限。",
        "Finding {place} has no deadline, and the policy gives no days. Say one.",
    ),
    "finding-deadline-past": (
        "第 {place} 个问题的期限 {found} 早于抽验日期 {day}。",
        "Finding {place}: the deadline {found} is before the day of the visit, {day}.",
    ),
    "finding-description": ("第 {place} 个问题没有描述。", "Finding {place} has no description."),
    "finding-not-here": (
        "问题 {finding} 不是本次抽验的问题，或已撤回。请核对编号。",
        "The finding {finding} is none of this visit, or was withdrawn. Check its number.",
    ),
    "finding-told": (
        "问题 {finding} 已通知单位（{state}），其内容不能再改。可写明理由撤回，另立新的问题。",
        "The unit was told of the finding {finding} ({state}); its content stays. Take it back with a reason, and make a new one.",
    ),
    "finding-dropped": (
        "问题 {finding} 已通知单位（{state}），更正中没有保留。请保留，或写明撤回理由。",
        "The unit was told of the finding {finding} ({state}), and the correction leaves it out. Keep it, or say why it is taken back.",
    ),
    "verdict-unknown": (
        "结论“{found}”无法识别，应为：{known}。",
        "The verdict “{found}” is not known; expected one of {known}.",
    ),
    "verdict-reason": (
        "按政策规则结论为 {proposed}，填的是 {said}。请写明理由。",
        "The policy's rules propose {proposed}, and {said} was said. Give the reason.",
    ),
    "verdict-missing": (
        "政策规则没有得出结论，请填写结论和理由。",
        "No rule of the policy proposes a verdict. Say one, with the reason.",
    ),
    "outcome-unsigned": (
        "{occasion} 对 {unit} 的结果签字未齐，尚不作数。请先签齐（见 due；成员离岗或拒签由办公室注明理由）；危险不能等的，写明理由（text）先行下发。",
        "The outcome of {unit} on {occasion} waits for signatures. Have it signed first (see `due`; that a member left or refuses the office records); where a danger does not wait, say why (`text`).",
    ),
    "signer-unknown": ("{signer} 不在签字人之列：{known}。", "{signer} is not one of those who sign: {known}."),
    "signer-other": (
        "成员只能由本人签字，不能代 {signer} 签；离岗未签、拒签由办公室记录。",
        "Members sign for themselves; you cannot sign for {signer}. That one left or refuses the office records.",
    ),
    "signed-already": ("{signer} 已在第 {version} 版上签字。", "{signer} has signed version {version} already."),
    "stance-member": (
        "抽验组成员应为：{known}；属实、有异议由被抽验单位表示。",
        "Of a member of the team it is one of {known}; agrees and objects are the unit's.",
    ),
    "signers-none": (
        "{signer} 也不签字，该结果就没有任何成员签字。请由至少一名成员签字，或重新抽验后更正。",
        "Without {signer} no member of the team has signed. One has to, or the unit is visited again, and the outcome corrected.",
    ),
    "stance-unit": ("被抽验单位应为：{known}。", "The unit's stance is one of {known}."),
    "stance-reason": ("{stance} 须写明理由。", "The stance {stance} needs its reason."),
    "stance-paper": (
        "单位 {stance} 须写明签字人姓名，并有签字纸件的扫描件。",
        "The stance {stance} needs the name of who signed, and the scan of the paper.",
    ),
    "substitute-refused": (
        "{units} 拒绝抽验，不能递补：计为不合格。",
        "{units} refused the inspection: it counts as failed, and nothing takes its place.",
    ),
    # --- evidence
    "evidence-none": ("本次抽验没有证据 {digest}。", "The visit has no evidence {digest}."),
    "evidence-name": (
        "证据文件名不能为空，不超过 {most} 个字符，不含控制字符。",
        "The name of a file of evidence has 1 to {most} characters, and none that cannot be printed.",
    ),
    "evidence-kind": (
        "{file} 按内容不是可收的文件，应为：{known}（不含宏）。",
        "{file} is, by its content, none that is taken: {known}, without macros.",
    ),
    "evidence-heic": (
        "{file} 是 HEIC 照片，多数电脑打不开，不收。请在手机的相机设置中选“兼容性最佳”（iPhone：设置—相机—格式）后重拍，或导出为 JPEG 再交。",
        "{file} is a HEIC photograph, which most computers cannot show, and is not taken. Set the telephone's camera to “Most Compatible” "
        "(iPhone: Settings, Camera, Formats), or export it as JPEG.",
    ),
    "evidence-quicktime": (
        "{file} 是 QuickTime 影片（.mov），不收。请用手机或电脑导出为 MP4 再交。",
        "{file} is a QuickTime film (.mov), and is not taken. Export it as MP4.",
    ),
    "evidence-large": ("{file} 太大，最大 {most} MB。", "{file} is too large; {most} MB at most."),
    "evidence-missing": (
        "证据 {digest} 不在 {place}。请从证据的备份恢复。",
        "The evidence {digest} is missing from {place}. Restore it from the backup of the evidence.",
    ),
    "evidence-changed": (
        "{place} 中的证据 {digest} 已被改动：内容与摘要不符。请从证据的备份恢复。",
        "The evidence {digest} in {place} was changed: it does not have its digest. Restore it from the backup of the evidence.",
    ),
    "evidence-not-kept": (
        "无法把证据写入 {place}：{cause}。什么也没有登记。",
        "The evidence cannot be written to {place}: {cause}. Nothing was recorded.",
    ),
    "evidence-not-removed": (
        "无法从 {place} 移除文件：{cause}",
        "A file cannot be taken away from {place}: {cause}",
    ),
    "evidence-not-read": ("无法读取 {place} 中的证据：{cause}", "The evidence in {place} cannot be read: {cause}"),
    "evidence-place": (
        "AUDIT_EVIDENCE 所指 {place} 无法使用：{cause}。应为文件夹，或 s3://桶/文件夹（需安装 audit-service[s3]）。",
        "AUDIT_EVIDENCE names {place}, which cannot be used: {cause}. Expected a folder, or s3://BUCKET/FOLDER (with audit-service[s3]).",
    ),
    "upload-one": ("应只上传一个文件，收到 {found} 个。", "Send one file; {found} were sent."),
    # --- checks beside the sample
    "check-errors": ("定向抽查有 {count} 处不对，没有下达。", "The check has {count} errors, and was not ordered."),
    "check-none": ("没有定向抽查 {check}，或者不由您办理。", "There is no check {check}, or it is not yours."),
    "check-past": (
        "期限 {due_on} 已过（今天 {today}）。",
        "It would be due on {due_on}, which is past (today is {today}).",
    ),
    "check-ground": ("政策没有事由 {ground}，应为：{known}。", "The policy has no ground {ground}; it has {known}."),
    "check-nothing-wrong": (
        "{unit} 在{year}年没有不合格或限期整改的抽验结论，也没有登记的问题，不能以上年不合格为由抽查。该年的记录：{found}。请改用其他事由，或先登记该年的抽验结果、隐患台账。",
        "Nothing was wrong with {unit} in {year}: no verdict but passed, no finding. Of that year is known: {found}. Name another ground, or first record what was found then (an outcome, a register).",
    ),
    "check-person": ("人员名录中没有 {inspector}。", "{inspector} is not on the roster of people."),
    "check-own-city": (
        "{inspector} 属于该单位所在市州，须回避。",
        "{inspector} is of the unit's own city, and recused.",
    ),
    "check-tied": (
        "{inspector} 与该单位有利害关系（{tie}），须回避。",
        "{inspector} is tied to the unit ({tie}), and recused.",
    ),
    "check-twice": ("{inspector} 重复。", "{inspector} is named twice."),
    "check-team": ("抽查组有 {found} 人，至少 {least} 人。", "The team has {found}; {least} are needed."),
    # --- pauses
    "campaign-unknown": ("没有批次 {campaign}。", "There is no campaign {campaign}."),
    "pause-unknown": ("没有暂停 {pause}。", "There is no pause {pause}."),
    "pause-ahead": (
        "暂停首日 {day} 在今天（{today}）之后。到时再登记。",
        "The first day {day} is after today ({today}). Record it when it has come.",
    ),
    "pause-ended": ("暂停 {pause} 已于 {until} 结束。", "The pause {pause} ended on {until}."),
    "pause-until": (
        "末日 {until} 应在首日 {since} 与今天（{today}）之间。",
        "The last day {until} must lie between {since} and today ({today}).",
    ),
}
