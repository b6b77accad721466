"""Texts of places, orders (目标任务), plans and reports."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.rosters.places": (
        "导入本地区划（四川省外或省级以下的机构，或按区县类别定额时用）。\n\n列：编码、名称、级别（省、市、区县、镇街）、上级、类别、乡镇（街道）数，见 docs/targets.md。",
        "Import places: for offices outside of Sichuan or below a province, and for quotas by class.\n\nColumns: 编码, 名称, 级别 (省, 市, 区县, 镇街), 上级, 类别, 乡镇（街道）数; see docs/targets.md.",
    ),
    "help.order": ("目标任务：完成进度。", "Orders of a year: how far they are carried out."),
    "help.orders.orders": (
        "导入某年目标任务分解表（附件）。\n\n列：市(州)，下达到县的还有县(市、区)，以及政策中各项任务的列名。合计与文件下达总数不符时予以提示。",
        "Import the annex of a year's orders.\n\nColumns: 市(州), for orders of counties 县(市、区) too, and those that the policy names. A sum other than the document's is told.",
    ),
    "help.orders.plans": (
        "导入各级检查计划。列：层级、单位编码、计划时间。",
        "Import the levels' plans of inspection. Columns: 层级, 单位编码, 计划时间.",
    ),
    "help.orders.show": (
        "目标任务完成进度：下达、完成、逾期完成、未完成，三色预警；以及未完成的后果。",
        "How far a year's orders are carried out: ordered, done, late, left, in three colours; and what befalls who is behind.",
    ),
    "help.plan": ("检查计划：两级衔接。", "Plans of inspection: whether the levels' fit together."),
    "help.plans.check": (
        "查找同一时期两级重复检查的单位。有则退出码为1。",
        "Find units that two levels would visit in one period. Exit 1 where there are any.",
    ),
    "help.report": ("报告：报送、导入、查看。", "Reports: hand in, import, show."),
    "help.reports.hand-in": (
        "报送一份报告；再次报送即更正，原报告保留。",
        "Hand a report in; again, it is corrected, and the earlier version kept.",
    ),
    "help.reports.import": (
        "从表格导入报告，每行一个报送单位（报告是名单的，每行一项），列名即政策中的栏目。有任何一处错误就什么也不导入。",
        "Import reports from a table, a row a reporter (of a list a row each of its rows), under the policy's own headings. If anything is wrong nothing is imported.",
    ),
    "help.reports.show": (
        "某一时期的报告、缺报名单与合计。",
        "The reports of a period, who is missing, and their sums.",
    ),
    "option.order-year": ("目标任务的年度，如 2020。", "The year of the orders, e.g. 2020."),
    "option.order-document": (
        "下达目标任务的文件；不写时为政策文件。",
        "The document that gives the orders out; the policy's own if none is named.",
    ),
    "option.plan-document": ("计划的文件。", "The document of the plan."),
    "option.plan-period": ("只看这一时期，如 2021。", "Only this period, e.g. 2021."),
    "option.report": ("报告的名称，如 monthly。", "Which report, e.g. monthly."),
    "option.report-period": (
        "报告的时期：2020、2020-H1、2020-Q3 或 2020-03。",
        "The report's period: 2020, 2020-H1, 2020-Q3 or 2020-03.",
    ),
    "option.as-of": (
        "截至某日（北京时间当天结束）的情况，如 2020-08-05；以后的补报、更正都不改变它。不写时为现在。",
        "As it stood at the end of a day in Beijing, e.g. 2020-08-05, whatever was handed in or corrected later; of now if none is named.",
    ),
    "as-of-ahead": ("{day} 还没有到（今天是 {today}）。", "{day} lies ahead (today is {today})."),
    "option.reporter": (
        "报送单位：市(州)，县（如 511600/广安区），或单位编码。",
        "Who reports: a city, a county (511600/广安区), or a unit's code.",
    ),
    "option.report-say": (
        "一个栏目的内容，如 --say paid-out=120.5；每个栏目一次。报告是名单的，前面写行号，如 --say 1.name=甲社区 --say 2.name=乙社区，每次报送全部各行。",
        "What one field says, e.g. --say paid-out=120.5; once for each. Of a report that is a list with the number of the row, --say 1.name=… --say 2.name=…, and all rows each time.",
    ),
    "option.excel-figures": ("另存为 Excel 文件。", "Write it as an Excel file too."),
    "figures-written": ("已写入 {file}。", "Written to {file}."),
    "place-code-form": (
        "“{found}”不是区划代码，应为6位（区县及以上）或9位（镇街）数字。请改正。",
        "“{found}” is no division code; expected 6 digits, or 9 for a township. Correct it.",
    ),
    "place-level": (
        "不认识级别“{found}”，应为 省、市、区县 或 镇街。请改正。",
        "“{found}” is no level; expected 省, 市, 区县 or 镇街. Correct it.",
    ),
    "place-parent-unknown": (
        "上级“{found}”不在已知区划中。请把它也列入表中，或留空。",
        "There is no place “{found}”. List it too, or leave the cell empty.",
    ),
    "place-parent-below": (
        "上级“{found}”的级别不高于本级。请核对。",
        "“{found}” does not stand above this place. Check the levels.",
    ),
    "units-in-other-cities": (
        "名录库中有 {count} 个单位是先于这些区划导入的，仍记在原来的市(州)，例如 {unit}，按编码应在“{city}”。抽取按记录的市(州)进行。请把这些单位的“市(州)”改好重新导入，并核对人员的“所属市(州)”。",
        "{count} units on the roster came before these places and still have the city they came with, such as {unit}, which by its code lies in {city}. A draw goes by the city on the roster. Correct their 市(州) and import them again, and look at the 所属市(州) of the people.",
    ),
    "orders-none": (
        "政策 {policy} 没有 {year} 年的目标任务。有任务的年度：{years}。",
        "The policy {policy} orders nothing of {year}. It does of: {years}.",
    ),
    "order-city-unsaid": (
        "没有写明市(州)。请增加“市(州)”一列，或用 --city 指明全表所属的市(州)。",
        "The city is not said. Add a column 市(州), or name the city of all rows by --city.",
    ),
    "order-county-unsaid": (
        "本表有下达到县的任务，须写明县(市、区)。",
        "An order of this table is given out to counties; the county is needed.",
    ),
    "order-county-strange": (
        "名录中没有“{found}”的建设单位。名称若有误请改正；无误则不必处理。",
        "The roster has no unit in “{found}”. Correct it if it is misspelt.",
    ),
    "order-place-twice": (
        "“{found}”与 {sheet} 第 {first} 行相同，同一地方只应出现一次。请合并或删除其中一行。",
        "“{found}” stands in row {first} of {sheet} already; each place may stand once. Join the rows, or delete one.",
    ),
    "order-above-whole": (
        "{found} 大于“{column}”的 {whole}；它是其中的一部分。请核对。",
        "{found} is more than the {whole} of “{column}”, of which it is a part. Check both.",
    ),
    "order-total-differs": (
        "各地合计 {given} 个，文件下达 {total} 个，不一致。请与文件核对；数据已按表导入。",
        "The table adds up to {given}, the document orders {total}. Check it with the document; the table was taken as it is.",
    ),
    "order.says": (
        "{policy}，{year} 年；截至 {day}；期限 {due}",
        "{policy}, {year}; as of {day}; due {due}",
    ),
    "order.says-cumulative": ("自 {since} 年起累计计算。", "Counted is what was done from {since} on."),
    "order.says-differs": (
        "注意：文件下达 {total} 个，分解表合计 {given} 个。",
        "Note: the document orders {total}, the annex adds up to {given}.",
    ),
    "order.milestones": ("时间节点", "milestones"),
    "order.early": ("早于规定时间：{city} {unit}，{milestone}，{day}", "too early: {city} {unit}, {milestone}, {day}"),
    "order.late": ("晚于规定时间：{city} {unit}，{milestone}，{day}", "too late: {city} {unit}, {milestone}, {day}"),
    "column.milestone": ("时间节点", "milestone"),
    "column.since": ("起", "since"),
    "column.until": ("止", "until"),
    "column.early": ("提前", "early"),
    "order.consequences": ("未完成的后果", "consequences"),
    "order.certain": ("年度已过", "the year is over"),
    "order.threatens": ("期限已过，年内仍可补做", "past its day; the year is not over"),
    "plans-none": ("政策 {policy} 没有两级检查计划的规定。", "The policy {policy} says nothing of plans."),
    "plan-level-unknown": (
        "没有层级“{found}”，应为：{known}。",
        "There is no level “{found}”; expected one of: {known}.",
    ),
    "plan-twice": (
        "“{found}”与 {sheet} 第 {first} 行是同一层级、同一时期、同一单位。请删除其中一行。",
        "“{found}” stands in row {first} of {sheet} already: level, unit and period are the same. Delete one of the rows.",
    ),
    "plans-fit": ("两级计划没有重复（{count}）。", "No unit would be visited twice ({count})."),
    "plans-twice": (
        "{count} 个单位在同一时期被两级重复列入计划。请由其中一级改期或取消，再导入。",
        "{count} units would be visited by two levels in one period. Let one level move or drop its visit, and import again.",
    ),
    "period-form": (
        "“{found}”不是这种报告的时期，应写作 {expected}。",
        "“{found}” is not a period of this kind; expected e.g. {expected}.",
    ),
    "report-unknown": ("没有报告“{report}”。可用：{known}。", "There is no report “{report}”. There are: {known}."),
    "report-ahead": (
        "{period} 尚未开始（今天是 {today}），不能报送。",
        "{period} has not begun (today is {today}); it cannot be reported yet.",
    ),
    "report-reporter-unknown": (
        "{reporter} 不是应报送此报告的单位，或不属于本市(州)。",
        "This report is not asked of {reporter}, or it is not yours.",
    ),
    "report-wrong": (
        "报告 {report} 有 {count} 处问题，未予收下。请补正后重新报送。",
        "The report {report} has {count} problems and was not taken. Mend them and hand it in again.",
    ),
    "report-field-unknown": (
        "没有栏目“{field}”。可用：{known}。（比率由程序计算，不必填报。）",
        "There is no field “{field}”. There are: {known}. (Ratios are computed.)",
    ),
    "report-is-list": (
        "这份报告是名单，各栏目要写明是第几行（现有未写行号的：{fields}）。",
        "This report is a list: say of which row each field is (without a row now: {fields}).",
    ),
    "report-rows-none": ("名单至少要有一行。", "A list has one row at least."),
    "report-no-list": (
        "这份报告不是名单，却写了 {count} 行。请按栏目填写一份。",
        "This report is no list, and has {count} rows. Say its fields once.",
    ),
    "report.rows-there": ("名单共 {count} 行", "{count} rows in all lists"),
    "report.rows": ("名单行数", "rows of the list"),
    "report-field-empty": ("“{field}”必须填写。", "“{field}” must be filled in."),
    "report-field-form": (
        "“{field}”的内容“{found}”不合要求（{kind}）：金额和数量写数字，比率写百分数，是否写“是”或“否”，文字不超过4000字。",
        "“{field}”: “{found}” is not of its kind ({kind}): money and counts in digits, ratios in per cent, 是 or 否, texts of at most 4000 characters.",
    ),
    "report-answer-form": (
        "条目 {criterion}：“{found}”不是实测数值，也不是 符合、部分符合、不符合、不适用。要求数值的写 {count} 个数（多个用分号隔开，百分数写 82 或 82%），没有要求数值的写是否符合；扣分写数字。",
        "The criterion {criterion}: “{found}” is no number found and none of met, partly, not-met, not-applicable. Write {count} numbers where it asks for some (with ; between, per cent as 82 or 82%), else a state; points off in digits.",
    ),
    "report-twice": (
        "“{found}”与 {sheet} 第 {first} 行是同一报送单位。请删除其中一行。",
        "“{found}” reports in row {first} of {sheet} already. Delete one of the rows.",
    ),
    "report-handed-in": ("已收到：{reporter} {period} {report}。", "Handed in: {report} of {reporter}, {period}."),
    "reports-imported": (
        "已收到 {count} 份报告：{report} {period}。",
        "{count} reports handed in: {report}, {period}.",
    ),
    "report.says": (
        "时期 {period}，应于 {due} 前报送；截至 {day} 已报 {count} 份",
        "{period}, due {due}; {count} handed in as of {day}",
    ),
    "report.short": ("{name}：{field} {said}，应不少于 {least}", "{name}: {field} {said}, at least {least} asked for"),
    "report.unmet": ("{name}：{criterion}：{found} {why}", "{name}: {criterion}: {found} {why}"),
    "report.found": ("{numbers}（{state}）", "{numbers} ({state})"),
    "report.met": ("符合 {met}/{of}", "met {met}/{of}"),
    "report.missing": ("缺报 {count} 个：{names}", "missing, {count}: {names}"),
    "column.place": ("地方", "place"),
    "column.order": ("任务", "order"),
    "column.done": ("完成", "done"),
    "column.late": ("逾期", "late"),
    "column.merged": ("其中合并", "by merger"),
    "column.left": ("未完成", "left"),
    "column.colour": ("预警", "colour"),
    "column.consequence": ("后果", "consequence"),
    "column.certain": ("状态", "stands"),
    "column.score": ("得分", "score"),
    "column.band": ("等次", "band"),
    "column.reporter": ("报送单位", "reporter"),
    "column.handed-in": ("报送日期", "handed in"),
    "column.period": ("时期", "period"),
    "column.level": ("层级", "level"),
    "column.planned": ("计划时间", "planned"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}
