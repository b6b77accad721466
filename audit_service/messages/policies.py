"""Texts of policies: what a policy says, and what is wrong with a policy file."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "policy-document": ("依据：{title}（{date}）", "document: {title} ({date})"),
    "policy-stratum": (
        "类别：{label}  比例 {rate}，{base}，{method}",
        "stratum: {label}  rate {rate}, {base}, {method}",
    ),
    "policy-exclusion": ("排除：{label}", "excluded: {label}"),
    "policy-pool": (
        "人员库：{label}  每组 {seats}，任务包至多 {size} 个单位",
        "pool: {label}  team of {seats}, packets of at most {size} units",
    ),
    "policy-target": ("目标任务：{label} 计入 {when}", "target: {label} counts {when}"),
    "policy-set-aside": ("可以作废的理由：{ground} {label}", "may be set aside on the ground: {ground} {label}"),
    "policy-says": ("  〔{place}〕{words}", "  [{place}] {words}"),
    "policy-chosen": ("  〔本办自定〕{why}", "  [the office's own choice] {why}"),
    "base.stratum": ("按全省计算", "of the province"),
    "base.city": ("按市州计算", "in each city"),
    "policy-file-wrong": (
        "政策文件 {file} 有 {count} 处错误，用 audit-service policy check {file} 查看。",
        "The policy file {file} has {count} errors; see audit-service policy check {file}.",
    ),
    "policy-folder-missing": (
        "AUDIT_POLICY_FOLDER 指定的文件夹 {folder} 不存在。",
        "The folder {folder} that AUDIT_POLICY_FOLDER names is not there.",
    ),
    "policy-not-frozen": ("按此文件无法冻结：{cause}", "Nothing could be frozen under it: {cause}"),
    "policy-good": ("政策文件 {policy} 正确。", "The policy file {policy} is right."),
    "policy-errors": ("政策文件有 {count} 处错误。", "The policy file has {count} errors."),
    "policy-not-json": ("不是JSON：{cause}。", "Not JSON: {cause}."),
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
    "policy-not-day": ("“{found}”不是日期，应如 2020-01-01。", "“{found}” is no day; it is written 2020-01-01."),
    "policy-not-day-of-year": (
        "“{found}”不是每年都有的月日，应如 05-29。",
        "“{found}” is no day that every year has; it is written 05-29.",
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
        "{order} 不能是 {within} 的一部分：应属同一年度的另一项、且那一项不再属于别项。",
        "{order} cannot be a part of {within}: that must be another order of the same year, itself a part of none.",
    ),
    "policy-without-draw": (
        "政策 {policy} 没有抽样类别，不能冻结抽样框。",
        "The policy {policy} has no strata: it is a programme without a draw, and no frame can be frozen under it.",
    ),
}
