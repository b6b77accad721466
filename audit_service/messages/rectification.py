"""Texts of rectification: findings, their steps, registers of hazards, and what both it and exit cases say."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # --- steps of findings and cases
    "step-lacks": (
        "这一步（{step}）还缺少 {field}。请补上后重试（各步所需见 docs/rectification.md、docs/exit.md）。",
        "This step ({step}) lacks {field}. Say it and try again; docs/rectification.md and docs/exit.md list what each step needs.",
    ),
    "step-ahead": (
        "{day} 还没有到（今天 {today}），不能登记 {step}。请核对日期。",
        "{day} is still to come (today is {today}): {step} cannot be recorded yet. Check the day.",
    ),
    "step-before": (
        "{step} 的日期 {day} 早于它所依据的事（{before}）。请核对日期。",
        "The day of {step}, {day}, lies before what it follows ({before}). Check the day.",
    ),
    "step-file-not-kept": (
        "文件“{file}”（{digest}）没有保存在 {subject} 之下。请先上传到同一处（…/files），再在这一步中写明；在命令行用 --file（生命周期步骤用 --scan）。",
        "The file “{file}” ({digest}) is not kept of {subject}. Send it there first (…/files), then name it; on the command line, --file (--scan of a step of a life).",
    ),
    "step-file-none": (
        "{subject} 没有文件 {digest}，或者不由您查看。",
        "{subject} has no file {digest}, or it is not yours to see.",
    ),
    "step-file-late": (
        "{subject} 已办结（{state}），不再收文件。",
        "{subject} is ended ({state}): it takes no more files.",
    ),
    "step-on-paper": ("（纸质报送，由办公室登记）", " (on paper, recorded by the office)"),
    "step.open": ("立案", "opened"),
    "step.notify": ("送达通知", "notified"),
    "step.dispatch": ("派单", "dispatched"),
    "step.acknowledge": ("接单", "acknowledged"),
    "step.postpone": ("延期", "postponed"),
    "step.hand-in": ("报送整改情况", "rectification handed in"),
    "step.assign": ("指定复查人", "recheck assigned"),
    "step.recheck-pass": ("复查合格", "recheck passed"),
    "step.recheck-fail": ("复查不合格", "recheck failed"),
    "step.close": ("销号", "closed"),
    "step.escalate": ("挂牌督办", "escalated"),
    "step.renew": ("再次限期整改", "to be rectified once more"),
    "colour.green": ("绿", "green"),
    "colour.yellow": ("黄", "yellow"),
    "colour.red": ("红", "red"),
    "overdue-mark": ("（已逾期）", " (overdue)"),
    # --- findings
    "finding-unknown": (
        "没有问题“{finding}”。用 finding list 查看。",
        "There is no finding “{finding}”. See finding list.",
    ),
    "findings-none": (
        "{occasion} 的 {unit} 没有可以通知的问题（{findings}）。用 finding list 查看其状态。",
        "Nothing of {unit} in {occasion} can be notified ({findings}). Look at the states with finding list.",
    ),
    "findings-nothing": ("没有这样的问题。", "There are no such findings."),
    "finding-notified": (
        "已就 {unit} 的 {count} 个问题发出整改通知书（{document}）。",
        "{count} findings of {unit} are notified ({document}).",
    ),
    "finding-state": (
        "问题 {finding} 的状态是 {state}，不能办理 {step}（应为：{states}）。",
        "The finding {finding} is {state}; {step} needs one of: {states}.",
    ),
    "finding-deadline": (
        "问题 {finding} 的期限 {deadline} 应晚于 {least}：期限自登记之日起算，延期的还应晚于原期限。请另定期限。",
        "The deadline {deadline} of {finding} must be later than {least}: it runs from the day on which it is recorded, and one that is put off lies behind the earlier one. Set another.",
    ),
    "finding-not-overdue": (
        "问题 {finding} 未逾期（期限 {deadline}），也没有复查不合格，不能挂牌督办。",
        "The finding {finding} is neither overdue (deadline {deadline}) nor failed its recheck: it is not escalated.",
    ),
    "recheck-by-finder": (
        "问题 {finding} 是 {inspector} 发现的，不能由本人复查。请由另一人复查；同名的另一人，请写其人员编号。",
        "{inspector} found {finding} and may not recheck it. Let somebody else do it; of somebody else of that name give the code.",
    ),
    "recheck-recused": (
        "{inspector} 应回避该单位，不能复查 {finding}。请另行指定复查人；同名的另一人，请写其人员编号。",
        "{inspector} is recused from this unit and may not recheck {finding}. Name somebody else; of somebody else of that name give the code.",
    ),
    "rechecker-unknown": (
        "“{found}”不在现行人员名单中，不能指定为复查人：应为名单中的人员编号或姓名。请核对，或先把此人导入名单。",
        "“{found}” is not on the roster of people and cannot be named to recheck; expected the code or name of somebody on it. Check it, or import the person first.",
    ),
    "rechecker-several": (
        "现行人员名单中有几位“{found}”（{codes}）。请写人员编号，说明由哪一位复查。",
        "There are several people named “{found}” on the roster ({codes}). Give the code of the one who is to recheck.",
    ),
    "finding-state.open": ("待通知", "to be notified"),
    "finding-state.notified": ("整改中", "notified"),
    "finding-state.dispatched": ("已派单", "dispatched"),
    "finding-state.acknowledged": ("已接单", "acknowledged"),
    "finding-state.handed-in": ("待复查", "to be rechecked"),
    "finding-state.passed": ("待销号", "passed"),
    "finding-state.failed": ("复查不合格", "failed"),
    "finding-state.escalated": ("挂牌督办", "escalated"),
    "finding-state.closed": ("已销号", "closed"),
    "finding-state.withdrawn": ("已撤回", "withdrawn"),
    # --- registers
    "register-name": (
        "台账名称“{found}”不能用：应以字母或数字开头，只含字母、数字、“_”、“-”，不超过 64 个字符。",
        "The register's name “{found}” cannot be used: it begins with a letter or digit and holds letters, digits, “_” and “-”, at most 64.",
    ),
    "register-occasion": (
        "“{found}”是抽取或检查的编号，或以后会用作编号，不能用作台账名称：其问题由检查结果记入。请另起台账名称，如 YH-2021。",
        "“{found}” is a draw or a check, or may become one, and is no name for a register: what its visits found is told by their outcomes. Give the register another name, such as YH-2021.",
    ),
    "register-source": (
        "台账来源“{found}”不认识。可用：{known}。",
        "There is no such source as “{found}”. There are: {known}.",
    ),
    "register-policy": (
        "政策 {policy} 没有整改规则，不能导入台账。请换一个政策，或在政策文件中写上 rectification。",
        "The policy {policy} says nothing of rectification. Name another one, or write `rectification` into its file.",
    ),
    "register-severity": (
        "级别“{found}”不在政策之中。可用：{known}。",
        "The policy has no severity “{found}”. There are: {known}.",
    ),
    "hazard-severity": (
        "级别“{found}”不认识，应为：{known}；整列为空时请用 --severity 写明。",
        "“{found}” is no severity of the policy; expected one of {known}, or --severity for rows that name none.",
    ),
    "hazard-unit-unknown": (
        "名录库中没有单位“{found}”。请核对编码或名称，或先导入名录。",
        "There is no unit “{found}” on the roster. Check its code or name, or import the roster first.",
    ),
    "hazard-unit-several": (
        "名录库中有几个单位叫“{found}”。请填单位编码。",
        "Several units of the roster are called “{found}”. Fill in the unit's code.",
    ),
    "hazard-day-whole": (
        "“{found}”没有写明哪一天，应写作 2020-03-11。",
        "“{found}” names no day; expected one such as 2020-03-11.",
    ),
    "hazard-day-ahead": (
        "{found} 还没有到（今天 {today}）。请核对日期。",
        "{found} is still to come (today is {today}). Check the day.",
    ),
    "hazard-closed-unchecked": (
        "已销号，但没有复查时间。请补上，或把“是否销号”改为否。",
        "It is closed without a day of its recheck. Fill it in, or say that it is not closed.",
    ),
    # --- papers
    "paper-written": ("已写入 {file}。", "Written to {file}."),
    "paper.draft": ("草稿", "DRAFT"),
    "paper.number-open": ("〔    〕    号", "No. ____"),
    "paper.day-open": ("    年    月    日", "____-__-__"),
    "paper.ending-open": ("（待定）", "(open)"),
    "paper.office": ("（印章）", "(seal)"),
    "paper.footer": ("{title}  {number}\t第 {page} 页 共 {pages} 页", "{title}  {number}\tPage {page} of {pages}"),
    "paper.to-city": ("{city}{office}：", "To the {office} of {city}"),
    "paper.to-unit": ("{unit}：", "To {unit}"),
    "paper.column.ordinal": ("序号", "No."),
    "paper.column.description": ("问题描述", "What is wrong"),
    "paper.column.severity": ("级别", "Severity"),
    "paper.column.deadline": ("整改期限", "Deadline"),
    "paper.column.responsible": ("责任单位/责任人", "Responsible"),
    "paper.column.rectified": ("整改情况", "Rectified"),
    "paper.column.opinion": ("复查意见", "Opinion"),
    "paper.rectify.what": (
        "一个问题所在的整改通知书（Word）。",
        "The notice of rectification (整改通知书) in which a finding stands, in Word.",
    ),
    "paper.rectify.title": ("整改通知书", "Notice of rectification"),
    "paper.rectify.found": (
        "{day}对{unit}的检查中，发现下列{count}个问题，请督促其在期限内整改。",
        "{count} things were found wrong on {day} at {unit}. Please see that they are put right in time.",
    ),
    "paper.rectify.asked": (
        "请于期限届满前报送整改情况及佐证材料。整改情况将由未参加原检查的人员复查；逾期未整改的，按规定处理。",
        "Report what was done, with what shows it, before the deadline. Somebody who did not take part in the inspection will recheck it; what is overdue is dealt with as the rules say.",
    ),
    "paper.recheck.what": (
        "一个问题所在的复查意见书（Word）。",
        "The opinion of the recheck (复查意见书) in which a finding stands, in Word.",
    ),
    "paper.recheck.title": ("复查意见书", "Opinion of the recheck"),
    "paper.recheck.told": ("{unit}的整改情况经复查，意见如下：", "What {unit} has put right was rechecked:"),
    "paper.recheck.by": ("复查人（签名）：", "Rechecked by (signature):"),
    "paper.recheck.on-paper": (
        "{text}（纸质报送，{document}，由办公室登记）",
        "{text} (on paper, {document}, recorded by the office)",
    ),
    "paper.recheck.passed": ("合格", "passed"),
    "paper.recheck.failed": ("不合格：{why}；限{deadline}前整改", "failed: {why}; to be put right by {deadline}"),
    # --- commands
    "help.finding": (
        "问题整改：通知、派单、报送、复查、销号。",
        "Rectification: notify, dispatch, hand in, recheck, close.",
    ),
    "help.finding.list": ("列出问题，逾期的在前。", "List findings, overdue ones first."),
    "help.finding.show": ("显示一个问题及其各步。", "Show a finding with its steps."),
    "help.finding.import": ("导入隐患（整改）台账。", "Import a register of hazards from Excel."),
    "help.finding.notify": (
        "整改通知书：通知一次检查的全部或部分问题。",
        "Notify the findings of an outcome in one document (整改通知书).",
    ),
    "help.finding.dispatch": ("派单给责任单位或责任人。", "Dispatch a finding to who answers for it (派单)."),
    "help.finding.acknowledge": ("市（州）接单。", "The city acknowledges what was dispatched."),
    "help.finding.postpone": ("依文件延长整改期限。", "Put a deadline off, by a document."),
    "help.finding.hand-in": (
        "市（州）报送整改情况及佐证材料。",
        "The city hands in what was done, with what shows it.",
    ),
    "help.finding.office-acknowledge": (
        "登记市（州）以纸质文件接单（文号和扫描件）。",
        "Record that the city acknowledged on paper what was dispatched (its number and scan).",
    ),
    "help.finding.office-hand-in": (
        "登记市（州）以纸质文件报送的整改情况（文号和扫描件）。",
        "Record what the city handed in on paper (its number and scan).",
    ),
    "help.finding.file": ("导出一个问题的文件。", "Write a file of a finding out."),
    "help.finding.assign": ("指定复查人。", "Name who is to recheck a finding."),
    "help.finding.recheck": ("登记本人的复查意见。", "Record one's own recheck (复查意见书)."),
    "help.finding.office-recheck": (
        "登记纸质的复查意见书（文号和扫描件）。",
        "Record a recheck that came on paper (复查意见书; its number and scan).",
    ),
    "help.finding.close": ("销号。", "Close what passed its recheck (销号)."),
    "help.finding.escalate": (
        "逾期或复查不合格的，挂牌督办。",
        "Escalate what is overdue or failed its recheck.",
    ),
    "help.finding.paper": ("写出整改通知书或复查意见书。", "Write a paper of rectification in Word."),
    "option.step-on": ("办理日期；不写则为今天。", "The day of the step; today where it is not said."),
    "option.step-document": ("文号。", "The document, by its number."),
    "option.step-text": ("说明、意见或理由。", "What is said, or why."),
    "option.step-person": (
        "人：责任人、复查人，或拟办、审核、签发的人。",
        "Who: responsible, rechecking, proposing, reviewing or signing.",
    ),
    "option.step-deadline": ("整改期限。", "The deadline."),
    "option.step-ending": ("处理意见。", "How the case is to end."),
    "option.step-findings": (
        "另外一并限期整改的问题编号；案件自身涉及的问题不必写。可重复。",
        "A finding beside those that the case is about, which has the new deadline too. Repeatable.",
    ),
    "option.step-number": ("异议的序号，从 1 起。", "The number of the objection, from 1."),
    "option.step-files": (
        "佐证材料或盖章件的扫描件；文件予以保存，可多次使用。",
        "A file that shows it, which is kept. May be given several times.",
    ),
    "option.passed": ("复查合格，或不合格。", "Whether the recheck passed."),
    "option.only-city": ("只列某市（州）的。", "Only those of a city."),
    "option.only-unit": ("只列某单位的。", "Only those of a unit."),
    "option.only-occasion": ("只列某次抽取或检查的。", "Only those of a draw, check or register."),
    "option.only-severity": ("只列某级别的。", "Only those of a severity."),
    "option.only-source": ("只列某来源的。", "Only those of a source."),
    "option.only-state": ("只列某状态的。", "Only those in a state."),
    "option.only-colour": ("只列某颜色的；可多次使用。", "Only those of a colour; may be given several times."),
    "option.only-open": ("只列未了结的。", "Only what is not ended."),
    "option.only-overdue": ("只列逾期的。", "Only what is overdue."),
    "option.register-occasion": ("台账的名称，例如 JZ-2021。", "The register's name, such as JZ-2021."),
    "option.register-source": ("来源：隐患或事故。", "Where it comes from: hazards, or accidents."),
    "option.register-severity": ("未写级别的行按此级别。", "The severity of rows that name none."),
    "option.paper-out": ("写到哪个文件。", "Where to write it."),
}
