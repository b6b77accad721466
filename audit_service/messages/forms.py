"""Texts of forms that bytes and values must have (docs/protocol.md, sections 1 to 3, 6, 7)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "form.identifier": (
        "标识符（字母或数字开头，只含字母、数字、_、-，至多64个字符）",
        "an identifier (letters, digits, _ and -, beginning with a letter or digit, at most 64 characters)",
    ),
    "form.identifier-or-nothing": ("标识符，或留空", "an identifier, or nothing"),
    "form.digest": ("64位小写十六进制摘要", "a digest of 64 lowercase hexadecimal characters"),
    "form.digest-or-nothing": ("64位小写十六进制字符，或留空", "64 lowercase hexadecimal characters, or nothing"),
    "form.digest-line": (
        "一行64位小写十六进制摘要，以换行结束",
        "one digest of 64 lowercase hexadecimal characters and a line feed",
    ),
    "form.number": ("不带前导零的数字", "a number without leading zero"),
    "form.positive": ("大于0、不带前导零的数字", "a number of at least 1, without leading zero"),
    "form.positive-or-nothing": ("大于0、不带前导零的数字，或留空", "a number of at least 1, or nothing"),
    "form.packet": ("任务包编号，如 city-staff-001", "a packet name such as city-staff-001"),
    "form.date": ("日期，如 2026-12-31", "a date such as 2026-12-31"),
    "form.time": ("UTC时间，如 2026-03-17T13:15:00Z", "a time in UTC such as 2026-03-17T13:15:00Z"),
    "form.nothing": ("留空", "nothing"),
    "form.text": ("文字", "text"),
    "form.one-of": ("以下之一：{choices}", "one of: {choices}"),
    "form-value": ("{where}：值为“{found}”，应为{expected}。", "{where} is “{found}”; expected {expected}."),
    "form-case-twins": (
        "{where}：{kind} 的标识符“{first}”和“{second}”只有大小写不同，容易混淆，不允许。",
        "{where}: the {kind} identifiers “{first}” and “{second}” differ by case alone, which is not allowed.",
    ),
    "form-twice": ("{where}：{kind}“{value}”出现两次。", "{where}: {kind} “{value}” occurs twice."),
    "form-json": ("{where} 不是JSON。", "{where} is not JSON."),
    "form-json-not-canonical": (
        "{where} 不是规范JSON（RFC 8785，只含字符串、列表、对象，末尾无换行）。",
        "{where} is not canonical JSON (RFC 8785; strings, lists and objects only; no newline at the end).",
    ),
    "form-json-key-twice": ("{where}：键“{key}”出现两次。", "{where}: the key “{key}” occurs twice."),
    "form-json-key-unknown": ("{where}：不认识的键“{key}”。", "{where}: unknown key “{key}”."),
    "form-json-key-missing": ("{where}：缺少键“{key}”。", "{where}: the key “{key}” is missing."),
    "form-json-object": ("{where}：此处应为对象。", "{where}: expected an object here."),
    "form-json-list": ("{where}：此处应为列表。", "{where}: expected a list here."),
    "form-table-ascii": (
        "{where} 含有ASCII以外的字符（或BOM）。",
        "{where} contains characters other than ASCII (or a BOM).",
    ),
    "form-table-header": (
        "{where}：首行为“{found}”，应为“{expected}”。",
        "{where}: the first line is “{found}”; expected “{expected}”.",
    ),
    "form-table-row": (
        "{where} 第{row}行“{found}”不符合格式（{expected}）。",
        "{where}, row {row}: “{found}” does not have the form {expected}.",
    ),
    "form-table-end": ("{where} 的末行没有以换行结束。", "{where}: the last line does not end in a line feed."),
    "form-table-order": (
        "{where} 第{row}行没有按字节顺序排列。",
        "{where}, row {row}: rows are not in the order of their bytes.",
    ),
    "form-table-key-twice": ("{where} 第{row}行：“{key}”出现两次。", "{where}, row {row}: “{key}” occurs twice."),
    "rate-high": (
        "{where}：比例为 {found} 基点，最多 {highest}（100%）。",
        "{where}: the rate is {found} basis points; at most {highest} (100 %).",
    ),
    "digits-few": (
        "{where}：骰子为 {found} 位，至少需要 {least} 位。",
        "{where}: {found} dice; at least {least} are needed.",
    ),
    "infeasible-empty": (
        "{where} 没有写明无法分组的任务包。",
        "{where} names no packet that proves the impossibility.",
    ),
    "public-form": (
        "公开值“{found}”的格式不对，应为 来源:事件:值，多个之间用英文逗号分隔，例如 ssq:2026075:020812192433+07,d10:meeting:84729150366271940583。",
        "The public value “{found}” is not well formed; expected source:event:value, joined by commas, e.g. ssq:2026075:020812192433+07,d10:meeting:84729150366271940583.",
    ),
    "value-d10": (
        "事件 d10:{event} 的值“{found}”不对：应为 {digits} 位半角数字，按掷出的顺序，中间无空格。",
        "The value of d10:{event} is “{found}”; expected {digits} digits 0–9 in the order thrown, without spaces.",
    ),
    "value-ssq": (
        "双色球 {event} 的值“{found}”不对：应为六个红球01–33从小到大、每个两位，接“+”，再接蓝球01–16，例如 020812192433+07。",
        "The value of ssq:{event} is “{found}”; expected six of 01–33 rising, two digits each, “+”, one of 01–16, e.g. 020812192433+07.",
    ),
    "value-dlt": (
        "大乐透 {event} 的值“{found}”不对：应为五个前区号码01–35从小到大、每个两位，接“+”，再接两个后区号码01–12从小到大，例如 0311182530+0209。",
        "The value of dlt:{event} is “{found}”; expected five of 01–35 rising, two digits each, “+”, two of 01–12 rising, e.g. 0311182530+0209.",
    ),
    "value-kl8": (
        "快乐8 {event} 的值“{found}”不对：应为二十个号码01–80从小到大、每个两位，中间无空格。",
        "The value of kl8:{event} is “{found}”; expected twenty of 01–80 rising, two digits each, without spaces.",
    ),
    "bundle-broken": ("压缩包损坏或不是zip文件（{cause}）。", "The file is damaged or no zip ({cause})."),
    "bundle-too-large": (
        "压缩包解开后超过 {most} 字节，拒绝处理。",
        "The bundle unpacks to more than {most} bytes; refused.",
    ),
    "bundle-too-many": ("压缩包内文件超过 {most} 个，拒绝处理。", "The bundle has more than {most} entries; refused."),
    "bundle-entry-kind": (
        "压缩包内的 {name} 加了密，或用了不支持的压缩方法。",
        "The entry {name} is encrypted or compressed by a method that is not supported.",
    ),
    "bundle-overlap": ("压缩包内的条目互相重叠（{name}）。", "Entries of the zip share bytes ({name})."),
    "bundle-entry-length": (
        "压缩包内 {name} 的长度与所写不符。",
        "The entry {name} does not have the length that the zip claims.",
    ),
    "bundle-name-twice": ("压缩包内 {name} 出现两次。", "The entry {name} occurs twice."),
    "bundle-name-foreign": (
        "压缩包内的“{name}”不属于数据包的布局。",
        "The entry “{name}” does not belong in a bundle.",
    ),
    "bundle-file-missing": ("缺少文件 {name}。", "The file {name} is missing."),
    "bundle-outcome": (
        "{folder} 中 assignment.csv 与 infeasible.json 应当恰有其一，现有 {found} 个。",
        "{folder} must hold exactly one of assignment.csv and infeasible.json; it holds {found}.",
    ),
}
