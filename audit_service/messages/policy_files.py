"""Texts of policy files: what is wrong with one, which versions there are, which counts."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "policy-share": (
        "{path}：share 须为两个字段的列表（分子、分母），且只能用于 kind 为 ratio 的字段。",
        "{path}: a share is a list of two fields, the part and the whole, and stands at a field of the kind ratio alone.",
    ),
    "policy-standard-of-unit": (
        "{path}：单位的报告不能按地方的标准填报；standard 只用于 reporter 为 county 或 city 的报告。",
        "{path}: a unit does not report by a standard of places; standard stands at a report of the reporter county or city alone.",
    ),
    "policy-standard-unreported": (
        "{path}：地方标准 {standard} 没有报告按它填报，无法记录各地达到的情况；请在 reports 中加一个写明 standard 的报告。",
        "{path}: no report goes by the standard of places {standard}, so that nobody can record what a place reaches; add a report with this standard to reports.",
    ),
    "policy-least-kind": (
        "{path}：least 只能用于 kind 为 money、count 或 ratio 的字段。",
        "{path}: a least number stands at a field of the kind money, count or ratio alone.",
    ),
    "policy-file-wrong": (
        "政策文件 {file} 有 {count} 处错误，用 audit-service policy check {file} 查看。",
        "The policy file {file} has {count} errors; see audit-service policy check {file}.",
    ),
    "policy-file-twice": (
        "{file} 和 {other} 都是政策“{policy}”；每个政策只能有一个文件。请改其中一个的 policy，或移出文件夹。",
        "{file} and {other} both hold the policy “{policy}”; each has one file. Change the key policy of one of them, or take it out of the folder.",
    ),
    "policy-replaces": (
        "  （{file}，代替随程序提供的同名政策）",
        "  ({file}; it replaces the policy of this name that comes with the program)",
    ),
    "policy-folder-missing": (
        "AUDIT_POLICY_FOLDER 指定的文件夹 {folder} 不存在。",
        "The folder {folder} that AUDIT_POLICY_FOLDER names is not there.",
    ),
    "policy-not-frozen": ("按此文件无法冻结：{cause}", "Nothing could be frozen under it: {cause}"),
    "policy-rate-small": (
        "比例是 {rate}，不到百分之一。rate_bp 的单位是万分之一，{found} 表示 {rate}；如果要 {found}%，应写 {meant}。",
        "The rate is {rate}, less than one per cent. rate_bp is in basis points: {found} is {rate}; for {found}% write {meant}.",
    ),
    "policy-status-stateless": (
        "类别“{status}”没有写 state：这类单位不能接入全过程管理，目标任务、称号期限都算不到它。",
        "The status “{status}” has no state: its units are not taken into life, and neither orders nor titles count them.",
    ),
    "policy-points-not-hundred": (
        "考评标准“{standard}”各项标准分合计 {full} 分，不是 100 分。请核对原文。",
        "The points of the standard “{standard}” add up to {full}, not to 100. Look into the document.",
    ),
    "policy-severity-quicker": (
        "“{severity}”排在“{above}”之后，整改期限（{days} 日）却比它（{before} 日）短。应从重到轻排列，请核对顺序。",
        "“{severity}” stands after “{above}” and has fewer days ({days}, not {before}). Severities come gravest first: check the order.",
    ),
    "policy-milestone-idle": (
        "时间节点“{milestone}”的后果“{consequence}”不会落到任何地方：没有目标任务（orders）或启动比例（quotas）以 {step} 为完成标志。",
        "The consequence “{consequence}” of the milestone “{milestone}” befalls nobody: no order and no quota is done by {step}.",
    ),
    "policy-consequence-idle": (
        "后果“{consequence}”不会落到任何地方：没有时间节点（milestones）写明它。请在时间节点的 consequence 中写上，或删去。",
        "The consequence “{consequence}” befalls nobody: no milestone names it. Name it as the consequence of one, or strike it.",
    ),
    "policies-in-use": (
        "标 * 的是 AUDIT_POLICIES 指明在用的；名录的类别只认它们的。",
        "Those marked * are in use (AUDIT_POLICIES); rosters may name their statuses alone.",
    ),
    "policy-version": ("  第{version}版，SHA-256 {digest}", "  version {version}, SHA-256 {digest}"),
    "policy-used": (
        "  自{since}起使用：第{version}版（{digest}…）",
        "  in use since {since}: version {version} ({digest}…)",
    ),
    "policy-written": ("文件原样写入 {file}。", "The file as it is was written to {file}."),
    "policy-not-installed": ("（未安装，曾经使用）", "(not installed any more)"),
    "policy-use-unasked": (
        "用过哪些版本，数据库现在无法查询：{cause}",
        "Which versions were used the database cannot be asked now: {cause}",
    ),
    "policy-changed": (
        '政策“{policy}”第{version}版已经用过，当时的文件（{used}…）与现在的（{found}…）不同。用过的版本不能改动：请在改动后的文件里写 "version": {next}，或放回原来的文件（用 audit-service policy show {policy} --version {version} --out 文件 取出）。',
        'Version {version} of the policy “{policy}” was used with another file ({used}…) than this one ({found}…). A version that was used stays as it is: write "version": {next} into the changed file, or put the old one back (audit-service policy show {policy} --version {version} --out FILE writes it).',
    ),
    "policy-older": (
        "政策“{policy}”已经用到第{newest}版，不能再按第{version}版登记。请安装第{newest}版，或把文件的 version 改为更大的数。",
        "The policy “{policy}” has come to version {newest}; nothing is recorded by version {version} any more. Install version {newest}, or raise the file's version above it.",
    ),
    "policy-version-unknown": (
        "政策“{policy}”没有用过第{version}版。用过的版本：{known}。",
        "Version {version} of the policy “{policy}” was never used. Used were: {known}.",
    ),
    "policy-good": ("政策文件 {policy} 正确。", "The policy file {policy} is right."),
    "policy-errors": ("政策文件有 {count} 处错误。", "The policy file has {count} errors."),
    "policy-not-json": ("不是JSON：{cause}。", "Not JSON: {cause}."),
    "policy-not-utf8": (
        "第 {line} 行起不是 UTF-8 编码（多半是 GBK）。请用记事本打开，另存为，编码选 UTF-8。",
        "From line {line} on this is not UTF-8 (probably GBK). Open it in an editor and save it with the encoding UTF-8.",
    ),
    "policy-chinese-sign": (
        "第 {line} 行第 {column} 个字符是中文标点（{found}）。此处的引号、逗号、冒号、括号须用英文（半角）标点。",
        "Line {line}, character {column} is a Chinese sign ({found}). Quotation marks, commas, colons and brackets that hold the file together are ASCII.",
    ),
    "policy-broken-here": (
        "第 {line} 行第 {column} 个字符（“{found}”）处读不下去：此处或前面紧接处多了或少了逗号、引号、冒号或括号。",
        "Line {line}, character {column} (“{found}”) cannot be read: here or just before it a comma, quotation mark, colon or bracket is missing, or is one too many.",
    ),
    "policy-ends-early": (
        "文件在第 {line} 行就结束了，还缺右括号、引号或内容。",
        "The file ends in line {line}, where a bracket, a quotation mark or a value is still missing.",
    ),
    "policy-not-label": (
        '此处是“{found}”，应为中英文两个名称：{{"zh": "…", "en": "…"}}。',
        'Found “{found}”; expected a name in both languages: {{"zh": "…", "en": "…"}}.',
    ),
    "policy-not-rule": (
        '此处是“{found}”，应写明出处：{{"place": "第几条", "words": "文件原话"}}；本办自定的写 {{"chosen": {{"zh": "…", "en": "…"}}}}。',
        'Found “{found}”; expected where the rule comes from: {{"place": "…", "words": "…"}}, the document\'s own words, or {{"chosen": {{"zh": "…", "en": "…"}}}}, the office\'s choice.',
    ),
    "policy-rule-both": (
        "出处只能写一种：文件原话（place 和 words），或本办自定（chosen），不能都写。",
        "A rule is either the document's words (place and words) or the office's own choice (chosen), not both.",
    ),
    "policy-number-quoted": (
        '“{found}”不要加引号：写 {found}，不写 "{found}"（{least} 到 {most} 的整数）。',
        'Drop the quotation marks: {found}, not "{found}" (a whole number from {least} to {most}).',
    ),
    "policy-number-bare": (
        '“{found}”要加引号：写 "{found}"，不写 {found}，这样数字才不会失真。',
        'Put it in quotation marks: "{found}", not {found}, so that the number stays exact.',
    ),
    "policy-year-after-title": (
        "第 {found} 年超过了称号有效期（years）{years} 年。",
        "Year {found} is after the title's end: it is valid for {years} years (years).",
    ),
    "policy-red-above-yellow": (
        "red（{red} 日）大于 yellow（{yellow} 日）：剩余不足 yellow 日转黄，之后不足 red 日转红，red 应不大于 yellow。",
        "red ({red} days) is more than yellow ({yellow}): a deadline turns yellow first and red later, so red must not be more than yellow.",
    ),
    "policy-most-below-total": (
        "most（{most}）小于 total（{total}）：most 是幅度的上限。",
        "most ({most}) is less than total ({total}): it is the upper number of a range.",
    ),
    "policy-stratum-no-pool": (
        "类别“{stratum}”没有人员库：请在 pools 中某一项的 strata 里写上它。",
        "No pool inspects the stratum “{stratum}”: name it in the strata of one of the pools.",
    ),
    "policy-column-twice": (
        "附件的列“{column}”同时属于同一年度、同一步骤的 {other} 和 {order}，导入时分不开。请给其中一项另一个列名。",
        "The annex's column “{column}” is that of {other} and of {order}, of one step in one year; an import could not tell them apart. Give one of them another column.",
    ),
    "policy-not-object": ("此处应为对象 {{…}}。", "Expected an object {{…}} here."),
    "policy-not-list": ("此处应为列表 […]。", "Expected a list […] here."),
    "policy-key-unknown": ("不认识的键“{key}”。可用：{known}。", "Unknown key “{key}”. Known: {known}."),
    "policy-key-missing": ("缺少键“{key}”。", "The key “{key}” is missing."),
    "policy-key-twice": ("键“{key}”出现两次。", "The key “{key}” occurs twice."),
    "policy-not-text": ("此处应为非空文字。", "Expected a text that is not empty."),
    "policy-not-identifier": (
        "“{found}”不是标识符（字母或数字开头，只含字母、数字、_、-，至多64个字符）。",
        "“{found}” is not an identifier (letters, digits, _ and -, beginning with a letter or digit, at most 64 characters).",
    ),
    "policy-not-number": (
        "“{found}”不是 {least} 到 {most} 的整数。",
        "“{found}” is not a whole number from {least} to {most}.",
    ),
    "policy-not-choice": ("“{found}”不在可选值中：{choices}。", "“{found}” is not one of {choices}."),
    "policy-no-label": ("至少要有一个名称。", "At least one label is needed."),
    "policy-name-twice": ("{where} 中“{name}”出现两次。", "“{name}” occurs twice in {where}."),
    "policy-name-unknown": (
        "{where} 中的“{name}”在别处没有定义。已定义：{known}。",
        "{where} names “{name}”, which is not defined. Defined: {known}.",
    ),
    "policy-no-rule": (
        "至少要有一条规则说明出处（文件原话或本办自定）。",
        "At least one rule must say where this comes from: the document's words, or the office's own choice.",
    ),
    "policy-nothing": ("此处不能为空列表。", "The list must not be empty here."),
    "policy-not-yes-no": ("“{found}”应为 true 或 false。", "“{found}” should be true or false."),
    "policy-not-decimal": (
        '“{found}”应写成数字文本，如 "80" 或 "1.5"（至多4位小数）。',
        '“{found}” should be a text of digits such as "80" or "1.5" (at most 4 decimals).',
    ),
    "policy-not-hundredths": ("“{found}”至多两位小数。", "“{found}” may have two decimals at most."),
    "policy-not-day": (
        "“{found}”不是日期。应写成如 2027-07-01。",
        "“{found}” is no day. A day is written like 2027-07-01.",
    ),
    "policy-not-day-of-year": (
        "“{found}”不是每年都有的月日。月、日各写两位，如六月三十日写 06-30；2月29日不行。",
        "“{found}” is no day that every year has. Month and day have two digits each: 30 June is 06-30; 29 February will not do.",
    ),
    "policy-bands-order": (
        "分数线应从高到低排列：{found} 不低于它上面的 {above}。",
        "Bands come highest first: {found} is not below {above}, which stands before it.",
    ),
    "policy-severity-alone": (
        "写了 severity 就要写 findings（至少几个此类问题）。",
        "With severity, findings must say how many of them it takes.",
    ),
    "policy-since-after": ("起始日 {since} 晚于截止日 {by}。", "The first day {since} is after the last, {by}."),
    "policy-report-due": (
        "报告（{every}）应写 days（期满后几天内）或 by（月日）之一；by 只用于 year、once，once 只用 by。",
        "A report ({every}) has either days (so many after its period) or by (a day of the year); by is for year and once alone, and once has by.",
    ),
    "policy-counts-per": (
        "写了 counts（由系统清点）就要写 per：在什么时期内。",
        "A number that the system counts (`counts`) says within which period: `per`.",
    ),
    "policy-counts-one": (
        "counts 写 checks（哪些事由的检查）或 report（哪份报告）之一。",
        "`counts` has either `checks` (grounds of checks) or `report`.",
    ),
    "policy-one-level": ("至少要有两级。", "There must be two levels at least."),
    "policy-verdict-last": (
        "最后一条结论规则的 when 应为空 {{}}（兜底），其他各条都不能为空。",
        "The last verdict's when must be empty, {{}}, so that one always holds, and no other's may be.",
    ),
    "policy-cause-never": (
        "事由 {cause} 永远不会发生：政策文件中没有 {part}。",
        "The cause {cause} can never arise: the policy has no {part}.",
    ),
    "policy-order-within": (
        "{order} 不能是 {within} 的一部分：应属同一年度（累计的，起始年度也相同）的另一项、且那一项不再属于别项。",
        "{order} cannot be a part of {within}: that must be another order of the same year (and, where it is cumulative, since the same), itself a part of none.",
    ),
    "policy-cumulative-since": (
        "累计的起始年度 {since} 应早于目标年度 {year}；只计当年的，请去掉 cumulative。",
        "A cumulative order counts from a year before its own: {since} is not before {year}. Leave `cumulative` out where that year alone counts.",
    ),
    "policy-without-draw": (
        "政策 {policy} 没有抽样类别，不能冻结抽样框。",
        "The policy {policy} has no strata: it is a programme without a draw, and no frame can be frozen under it.",
    ),
}
