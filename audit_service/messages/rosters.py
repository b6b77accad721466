"""Texts of the import of rosters and of people who drop out."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # --- help -----------------------------------------------------------------------------------------------------
    "help.import": ("导入名录和名单（.xlsx 或 UTF-8 的 .csv）。", "Import rosters (.xlsx, or .csv in UTF-8)."),
    "help.rosters.units": (
        "导入建设单位名录。\n\n列：市(州)、县(市、区)、建设单位名称、单位类型、单位编码、类别、目标下达年度、是否民生。"
        "有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import units.\n\nColumns: 市(州), 县(市、区), 建设单位名称, 单位类型, 单位编码, 类别, 目标下达年度, 是否民生. "
        "If anything is wrong nothing is imported, and all errors are listed at once.",
    ),
    "help.rosters.people": (
        "导入抽验人员名单。\n\n列：人员编号（可缺，由省安办编发）、姓名、工作单位、所属市(州)、人员类别、可任组长、最多任务包数（可缺）。"
        "有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import people.\n\nColumns: 人员编号 (may be missing; the office issues codes), 姓名, 工作单位, 所属市(州), 人员类别, 可任组长, "
        "最多任务包数 (may be missing). If anything is wrong nothing is imported, and all errors are listed at once.",
    ),
    "help.rosters.recusals": (
        "导入回避名单。\n\n列：人员编号、单位编码、回避理由。人员和单位须已导入。有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import recusals.\n\nColumns: 人员编号, 单位编码, 回避理由. Import the people and units first. "
        "If anything is wrong nothing is imported, and all errors are listed at once.",
    ),
    "help.rosters.targets": (
        "导入各市(州)目标任务。\n\n列：市(州)、命名目标数、其中民生、复评目标数。有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import the cities' targets.\n\nColumns: 市(州), 命名目标数, 其中民生, 复评目标数. "
        "If anything is wrong nothing is imported, and all errors are listed at once.",
    ),
    "help.people": ("抽验人员。", "People who inspect."),
    "help.people.leave": (
        "人员退出：按编号移出现行名单。历史记录保留，已抽取的结果不变。",
        "Take people who drop out off the roster, by their codes. What was recorded or drawn before stays.",
    ),
    "option.complete": (
        "文件是完整名单：现行名录中有而文件中没有的，一律移出。",
        "The files are the complete roster: rows that they lack leave it.",
    ),
    "option.leave-reason": ("退出的理由。", "Why they leave."),
    # --- what an import says ----------------------------------------------------------------------------------------
    "place-row": ("第 {row} 行", "row {row}"),
    "finding": ("{place}：{message}", "{place}: {message}"),
    "finding-warning": ("注意：{place}：{message}", "note: {place}: {message}"),
    "finding-near": ("是不是“{near}”？", "Did you mean “{near}”?"),
    "imported": (
        "已导入：新增 {imported} 条，更新 {updated} 条，未变 {unchanged} 条，移出 {left} 条。",
        "Imported: {imported} new, {updated} updated, {unchanged} unchanged, {left} taken off the roster.",
    ),
    "imported-nothing": (
        "没有变化：{unchanged} 条记录与现行名录一致，未作任何改动。",
        "No change: nothing was recorded. Rows that agree with the roster as it is: {unchanged}.",
    ),
    "roster-errors": (
        "共 {count} 处错误，什么也没有导入。请逐处改正后重新导入。",
        "{count} errors; nothing was imported. Mend them all and import again.",
    ),
    "left": ("已移出现行名单：{codes}。", "Taken off the roster: {codes}."),
    # --- files ------------------------------------------------------------------------------------------------------
    "file-too-large": (
        "文件超过 {most} MB，不予读取。请删去图片等无关内容，或分成几个文件一起导入。",
        "The file is larger than {most} MB. Remove pictures and the like, or split it and import the parts together.",
    ),
    "file-unpacked-too-large": (
        "文件解压后超过 {most} MB，不予读取。请把表格复制到新的工作簿，另存为 .xlsx 后再导入。",
        "The file unpacks to more than {most} MB. Copy the table into a new workbook, save it as .xlsx and import that.",
    ),
    "file-too-many-rows": (
        "文件超过 {most} 行，不予读取。请核对是不是名录；如确需导入，请分成几个文件一起导入。",
        "The file has more than {most} rows. Check that it is a roster; if it is, split it and import the parts together.",
    ),
    "file-empty": (
        "文件里没有任何内容，应有一行表头和若干行数据。请核对文件是否选对、是否已保存。",
        "There is nothing in the file; expected a header row and rows of data. Check that it is the right file and was saved.",
    ),
    "file-format": (
        "不是本程序能读取的文件，应为 Excel 工作簿（.xlsx）或 UTF-8 编码的 CSV（.csv）。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "This is not a file that can be read here; expected an Excel workbook (.xlsx) or CSV in UTF-8 (.csv). "
        "Open it in Excel or WPS and save it as .xlsx.",
    ),
    "file-old-excel": (
        "是旧版 Excel 文件（.xls 或 .et），应为 .xlsx。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "This is an old Excel file (.xls or .et); expected .xlsx. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "file-password": (
        "文件有密码，无法读取。请在 Excel 或 WPS 中取消密码（文件 → 信息 → 保护工作簿），保存后再导入。",
        "The file is locked with a password. Remove it in Excel or WPS (File → Info → Protect Workbook), save, and import again.",
    ),
    "file-unreadable": (
        "文件已损坏，或不是完整的 .xlsx 工作簿。请重新下载或向报送单位重新索取；能打开的，另存为新的 .xlsx。",
        "The file is damaged, or no whole .xlsx workbook. Fetch it again, or ask its sender for it; if it still opens, "
        "save it as a new .xlsx.",
    ),
    "file-encoding": (
        "CSV 文件不是 UTF-8 编码（可能是 GBK/GB18030 或 Unicode 文本）。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx。",
        "The CSV file is not in UTF-8 (perhaps in GBK/GB18030 or UTF-16). Save it in Excel as “CSV UTF-8 (comma delimited)”, "
        "or as .xlsx.",
    ),
    "file-csv-form": (
        "这一行起不是正确的 CSV：引号没有配对，或引号后另有文字。请改正这一行，或在 Excel 中另存为 .xlsx。",
        "From this row on it is no proper CSV: a quote is not closed, or is followed by more text. Mend the row, "
        "or save the file as .xlsx in Excel.",
    ),
    "sheet-too-spread": (
        "工作表的内容散布在 {rows} 行 × {columns} 列的范围内，太大，不予读取。请删除表格右侧和下方的空行空列（整行整列删除），保存后再导入。",
        "A sheet's cells are spread over {rows} rows × {columns} columns, which is too much to read. Delete the empty rows and columns "
        "below and to the right of the table, save, and import again.",
    ),
    # --- headings ---------------------------------------------------------------------------------------------------
    "sheet-without-header": (
        "第一行有内容的单元格是“{found}”，其中没有一个应有的列名（{expected}）。请把列名放在第一行；与名录无关的工作表请删除。",
        "The first row with content is “{found}”, which has none of the headings expected ({expected}). Put the headings in the "
        "first row; delete sheets that are no part of the roster.",
    ),
    "column-missing": (
        "缺少这一列；表头现有：{found}。请补上这一列，或改正列名。",
        "This column is missing; the headings are: {found}. Add the column, or correct its heading.",
    ),
    "column-twice": (
        "列名“{found}”出现了两次，无法判断以哪一列为准。请删除或改名其中一列。",
        "The heading “{found}” stands twice, so that it is not clear which column counts. Delete or rename one of them.",
    ),
    "column-unknown": (
        "不认识“{found}”这一列，其内容没有导入。",
        "The column “{found}” is not known; its content was not imported.",
    ),
    "heading-empty": (
        "第 {place} 列没有列名，却有内容“{found}”。请补上列名或清除内容；CSV 文件请检查该行是否多了逗号。",
        "Column {place} has no heading but holds “{found}”. Give it a heading or clear it; in a CSV file look for a comma too many "
        "in this row.",
    ),
    "no-rows": ("只有表头，没有数据行。", "There is a header but no row of data."),
    "complete-without-rows": (
        "指定了 --complete，但文件中没有一行数据，这会清空整个名录。请核对文件；确实只有部分数据时去掉 --complete。",
        "--complete was given, but there is no row of data: this would empty the whole roster. Check the files, or leave --complete out.",
    ),
    # --- cells ------------------------------------------------------------------------------------------------------
    "cell-empty": ("没有填写，此处必填。请补填。", "Nothing stands here; a value is required. Fill it in."),
    "formula-error": (
        "公式出错，显示为“{found}”。请改正公式，或把单元格改为实际的值。",
        "The formula failed and shows “{found}”. Mend the formula, or replace it by the value.",
    ),
    "text-control": (
        "“{found}”中有不可见的控制字符。请清空该单元格后重新键入。",
        "“{found}” has control characters in it that cannot be seen. Clear the cell and type it again.",
    ),
    "code-form": (
        "“{found}”不是单位编码，应为9位或12位区划代码（如 510104026），或省安办编发的编号（X-市代码-序号，如 X-5101-001）。"
        "请用半角数字，并把该列设为文本格式。",
        "“{found}” is no unit code; expected a division code of 9 or 12 digits (such as 510104026) or one that the office issued "
        "(X-CITY-NUMBER, such as X-5101-001). Use plain digits, and format the column as text.",
    ),
    "person-code-form": (
        "“{found}”不是人员编号，应以字母或数字开头，只含半角字母、数字、_、-，至多64个字符。请改正；人员名单中尚无编号的可以留空，由省安办编发。",
        "“{found}” is no person's code; expected letters, digits, _ and -, beginning with a letter or digit, at most 64 characters. "
        "Correct it; in a list of people it may be left empty, and the office issues one.",
    ),
    "yes-no": ("“{found}”应为“是”或“否”。请改正。", "“{found}” should be 是 (yes) or 否 (no). Correct it."),
    "year-form": (
        "“{found}”应为四位年份，如 2019。请改正。",
        "“{found}” should be a year of four digits, such as 2019. Correct it.",
    ),
    "number-form": (
        "“{found}”应为 {least} 至 {most} 的整数，只写数字。请改正。",
        "“{found}” should be a whole number from {least} to {most}, in digits alone. Correct it.",
    ),
    # --- rules ------------------------------------------------------------------------------------------------------
    "code-twice": (
        "“{found}”与 {sheet} 第 {first} 行的编号相同，应只出现一次。请删除重复的一行，或改正编号。",
        "“{found}” is already the code of row {first} of {sheet}; each may stand once. Delete one of the rows, or correct the code.",
    ),
    "code-case-twin": (
        "“{found}”与“{other}”只有大小写不同，容易混淆。同一个对象请用同一写法，不同对象请换一个编号。",
        "“{found}” differs from “{other}” by upper and lower case alone. Write the same one alike, or choose another code.",
    ),
    "code-city-unknown": (
        "“{found}”的前四位“{digits}”不是四川省任何市(州)的代码（5101 至 5134）。请核对单位编码。",
        "“{found}”: its digits “{digits}” are not those of any city of Sichuan (5101 to 5134). Check the unit's code.",
    ),
    "city-unknown": (
        "“{found}”不是四川省的市(州)，应为全称（如 成都市、阿坝藏族羌族自治州）、通用简称或6位代码。请改正。",
        "“{found}” is no city of Sichuan; expected its full name (such as 成都市), its usual short name or its code of 6 digits. Correct it.",
    ),
    "city-differs-from-code": (
        "“{found}”与单位编码 {unit} 不符：按编码应为“{city}”。请核对，改正其中一处。",
        "“{found}” does not agree with the unit's code {unit}, which lies in {city}. Check which is right and correct the other.",
    ),
    "status-unknown": (
        "不认识类别“{found}”，应为以下之一：{known}。请改正。",
        "“{found}” is not a status that is known; expected one of: {known}. Correct it.",
    ),
    "status-ambiguous": (
        "类别“{found}”在已安装的政策中有不同含义：{known}。请改写为其中一个状态编号。",
        "“{found}” has several meanings in the policies installed: {known}. Write one of these instead.",
    ),
    "target-year-differs": (
        "“{found}”与类别“{status}”不符，该类别的目标下达年度为 {expected}。请核对，改正其中一处。",
        "“{found}” does not agree with the status “{status}”, whose year is {expected}. Check which is right and correct the other.",
    ),
    "livelihood-above-naming": (
        "{found} 大于命名目标数 {naming}；民生目标是命名目标的一部分，不能超过它。请核对。",
        "{found} is more than the {naming} to be named, of which the livelihood targets are a part. Check both.",
    ),
    "city-twice": (
        "“{found}”已出现在 {sheet} 第 {first} 行，每个市(州)只能有一行。请删除或合并。",
        "“{found}” already stands in row {first} of {sheet}; each city has one row. Delete one, or merge them.",
    ),
    "recusal-twice": (
        "“{found}”的回避与 {sheet} 第 {first} 行相同，应只出现一次。请删除重复的一行。",
        "The recusal “{found}” already stands in row {first} of {sheet}. Delete one of the rows.",
    ),
    "unit-unknown": (
        "单位编码“{found}”不在现行单位名录中。请核对编码；如系新单位，请先导入单位名录。",
        "No unit with the code “{found}” is on the roster. Check the code, or import the units first.",
    ),
    "person-unknown": (
        "人员编号“{found}”不在现行人员名单中。请核对编号；如系新人员，请先导入人员名单。",
        "Nobody with the code “{found}” is on the roster. Check the code, or import the people first.",
    ),
    "person-twice": (
        "“{name}”与 {sheet} 第 {first} 行的姓名、工作单位、市(州)都相同，又没有各自的人员编号，无法判断是不是同一人。"
        "同一人请删除一行，不同的人请分别填写人员编号。",
        "“{name}” has the same name, employer and city as row {first} of {sheet}, and not both have codes, so that it is not clear "
        "whether they are one person. Delete one row, or give each a code.",
    ),
    "person-ambiguous": (
        "现行名单中有几位同名、同单位、同市(州)的“{name}”（{codes}）。请填写人员编号，说明是哪一位。",
        "There are several people named “{name}” with this employer and city on the roster ({codes}). Fill in the code of the one meant.",
    ),
    "code-issued": (
        "“{name}”没有人员编号，已编发 {issued}。请在今后的名单中填写。",
        "“{name}” had no code and was issued {issued}. Use it in lists from now on.",
    ),
    # --- people leave -----------------------------------------------------------------------------------------------
    "leave-without-reason": (
        "没有写明退出的理由。请用 --reason 写明。",
        "No reason is given. Say why with --reason.",
    ),
    "people-unknown": (
        "名单中从来没有：{unknown}。请核对人员编号。没有移出任何人。",
        "Never on the roster: {unknown}. Check the codes. Nobody was taken off.",
    ),
    "people-gone": (
        "已不在现行名单中：{gone}。请从命令中去掉这些编号。没有移出任何人。",
        "No longer on the roster: {gone}. Leave these codes out of the command. Nobody was taken off.",
    ),
    "people-gone-and-unknown": (
        "已不在现行名单中：{gone}；名单中从来没有：{unknown}。请核对人员编号。没有移出任何人。",
        "No longer on the roster: {gone}; never on it: {unknown}. Check the codes. Nobody was taken off.",
    ),
}
