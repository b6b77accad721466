"""Texts on roster files: how they are read, their headings, their rows and cells."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
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
        "不是本程序能读取的文件，应为 Excel 工作簿（.xlsx、.xls）或 CSV（.csv）。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "This is not a file that can be read here; expected an Excel workbook (.xlsx, .xls) or CSV (.csv). "
        "Open it in Excel or WPS and save it as .xlsx.",
    ),
    "file-lock": (
        "这是别人打开名单时 Excel 或 WPS 留下的临时文件，不是名单，没有读取。请关闭打开的文件，或删除这个文件；名单本身照常读取，请核对是否已保存。",
        "Excel or WPS leaves this file beside a list while somebody has it open; it is no list and was not read. Close the list, or delete "
        "this file. The list itself is read as it is; check that it was saved.",
    ),
    "file-password": (
        "文件有密码，无法读取。请在 Excel 或 WPS 中取消密码（文件 → 信息 → 保护工作簿），保存后再导入。",
        "The file is locked with a password. Remove it in Excel or WPS (File → Info → Protect Workbook), save, and import again.",
    ),
    "file-unreadable": (
        "文件已损坏，或不是完整的 Excel 工作簿。请重新下载或向报送单位重新索取；能打开的，另存为新的 .xlsx。",
        "The file is damaged, or no whole Excel workbook. Fetch it again, or ask its sender for it; if it still opens, "
        "save it as a new .xlsx.",
    ),
    "file-parts-twice": (
        "工作簿里同一个部件（或同名工作表）出现了两次，无法判断以哪一个为准：文件已损坏或被改动过。请用 Excel 或 WPS 打开，另存为新的 .xlsx。",
        "The workbook holds the same part, or sheets of the same name, twice, so that it is not clear which counts: it is damaged or was "
        "tampered with. Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "file-beyond-limits": (
        "读取这个文件用尽了允许的内存或时间：文件已损坏，或远大于一份名录。没有读取；请用 Excel 或 WPS 打开，把表格复制到新的工作簿，另存为 .xlsx。",
        "Reading the file took more memory or time than a roster may: it is damaged, or far larger than a roster. Open it in Excel or WPS, "
        "copy the table into a new workbook and save that as .xlsx.",
    ),
    "file-too-much-text": (
        "文件里的文字超过 {most} 百万字，不予读取。请核对是不是名录；把表格复制到新的工作簿，另存为 .xlsx。",
        "The file holds more than {most} million characters. Check that it is a roster; copy the table into a new workbook and save that as .xlsx.",
    ),
    "file-formulas-unsaved": (
        "文件里有公式没有保存计算结果，且没有写明所在单元格。请用 Excel 或 WPS 打开，保存后再导入。",
        "The file holds formulas without their values, and does not say in which cells. Open it in Excel or WPS, save it, and import again.",
    ),
    "reader-failed": (
        "无法启动读取工作簿的进程：{cause}。请检查内存和进程数限制后重试，或把文件另存为 CSV。",
        "The process that reads workbooks cannot be started: {cause}. Look at the limits on memory and processes, or save the file as CSV.",
    ),
    "file-encoding-mixed": (
        "CSV 文件从这一行起不再是 UTF-8，前面是：混用了两种编码，或文件已损坏。请重新导出，或在 Excel 中核对后另存为 .xlsx。",
        "From this row on the CSV file is no longer in UTF-8, as it is above: two encodings are mixed, or it is damaged. Export it again, or look "
        "at it in Excel and save it as .xlsx.",
    ),
    "file-csv-zero": (
        "这一行有零字节，CSV 文件中不应有：文件已损坏，或是“Unicode 文本”。请重新导出，或在 Excel 中另存为 .xlsx。",
        "There is a zero byte in this row, which no CSV file has: it is damaged, or “Unicode text”. Export it again, or save it as .xlsx in Excel.",
    ),
    "file-csv-line": (
        "这一行长于 {most} MB，名录中不会有：不是 CSV，或丢失了换行。请重新导出，或在 Excel 中另存为 .xlsx。",
        "This row is longer than {most} MB, as no roster's is: the file is no CSV, or lost its line breaks. Export it again, or save it as .xlsx in Excel.",
    ),
    "file-csv-wide": (
        "这一行有 {columns} 列，多于 {most} 列。请删去多余的分隔符，或在 Excel 中另存为 .xlsx。",
        "This row has {columns} columns, more than {most}. Delete the separators that are too many, or save the file as .xlsx in Excel.",
    ),
    "file-csv-long": (
        "文件超过 {most} 行（含空行），不予读取。请删去空行，或分成几个文件一起导入。",
        "The file has more than {most} rows, blank ones included. Delete the blank ones, or split it and import the parts together.",
    ),
    "file-encoding": (
        "CSV 文件不是 UTF-8、GB18030（GBK）编码，也不是完整的“Unicode 文本”。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx。",
        "The CSV file is neither in UTF-8 nor in GB18030 (GBK), and no whole “Unicode text”. Save it in Excel as “CSV UTF-8 (comma delimited)”, "
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
        "前30行里找不到表头：第一行有内容的单元格是“{found}”，应有的列名是：{expected}。请补上表头（至少两个列名）。",
        "No header is found in the first 30 rows: the first row with content is “{found}”, the headings expected are {expected}. "
        "Put a row of headings above the data.",
    ),
    "sheet-passed-over": (
        "这张工作表没有表头，没有读取；第一行有内容的单元格是“{found}”。如果里面有名单，请补上表头后重新导入。",
        "This sheet has no header and was passed over; its first row with content is “{found}”. If there is a list in it, put headings above it "
        "and import again.",
    ),
    "sheet-lacking": (
        "这张工作表（{rows} 行）的表头是：{found}；缺少：{missing}。同一文件里另有列名齐全的名单，所以这张没有读取。如果里面也有名单，请补上这些列后重新导入。",
        "This sheet of {rows} rows is headed {found} and lacks {missing}. Another sheet of the file has all columns, so this one was passed "
        "over. If there is a list in it, add the columns and import again.",
    ),
    "sheet-hidden": (
        "工作表“{name}”是隐藏的，有 {rows} 行内容，没有读取。如果里面有名单，请取消隐藏后重新导入。",
        "The sheet “{name}” is hidden; it has {rows} rows with content and was passed over. If there is a list in it, unhide it and import again.",
    ),
    "sheets-all-hidden": (
        "有内容的工作表都是隐藏的，没有读取。请取消隐藏后重新导入。",
        "All sheets with content are hidden, and were not read. Unhide them and import again.",
    ),
    "rows-above-header": (
        "表头（第 {header} 行）之上的第 {rows} 行没有读取。请核对其中没有名单。",
        "The rows {rows} above the header (row {header}) were not read. Check that there is no list in them.",
    ),
    "columns-alike": (
        "“{found}”与“{first}”两列都可以是“{means}”，无法判断以哪一列为准。请删除其中一列，或把列名改为“{means}”以外的名称。",
        "Both columns, “{found}” and “{first}”, could be “{means}”. Delete one of them, or give it another heading.",
    ),
    "column-missing": (
        "缺少这一列；表头现有：{found}。请补上这一列，或改正列名；这张工作表不是名单的，请隐藏或删除这张工作表。",
        "This column is missing; the headings are: {found}. Add the column, or correct its heading; if this sheet is no list, hide or delete "
        "the sheet.",
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
    # --- rows that are no data --------------------------------------------------------------------------------------
    "rows-total": (
        "第 {rows} 行是合计、小计，不作为数据（共 {count} 行）。",
        "Rows that are totals, not data: {rows} ({count} in all).",
    ),
    "rows-note": (
        "第 {rows} 行是备注、填表人、小标题、盖章等，不作为数据（共 {count} 行）。",
        "Rows that are notes, titles, stamps and the like, not data: {rows} ({count} in all).",
    ),
    "rows-header": (
        "第 {rows} 行是重复的表头，不作为数据（共 {count} 行）。",
        "Rows that repeat the headings, not data: {rows} ({count} in all).",
    ),
    "table-below": (
        "从这一行起是另一张表，表头为：{found}。其下各行按这一表头读取；请核对。",
        "From this row on there is another table, headed {found}. The rows below were read by these headings; check that this is right.",
    ),
    "rows-hidden": (
        "第 {rows} 行是隐藏的或被筛选掉的，但仍是数据，已照常读取（共 {count} 行）。如果这些行已不作数，请删除后重新导入。",
        "Rows that are hidden or filtered out, and were read as the data they are: {rows} ({count} in all). If they do not count any more, "
        "delete them and import again.",
    ),
    "rows-struck": (
        "第 {rows} 行有删除线，但仍是数据，已照常读取（共 {count} 行）。如果这些行已不作数，请删除后重新导入。",
        "Rows with a line through them, read as the data they are: {rows} ({count} in all). If they do not count any more, delete them and "
        "import again.",
    ),
    "rows-numbering": (
        "第 {rows} 行是栏次（各列的编号），不作为数据（共 {count} 行）。",
        "Rows that number the columns, not data: {rows} ({count} in all).",
    ),
    "rows-unfilled": (
        "第 {rows} 行没有填写，只有出错的公式（如 #N/A），不作为数据（共 {count} 行）。",
        "Rows that are not filled in, with failed formulas (such as #N/A) alone: {rows} ({count} in all).",
    ),
    "rows-blank": (
        "第 {rows} 行只有序号，没有内容（共 {count} 行）。",
        "Rows with a number and nothing else: {rows} ({count} in all).",
    ),
    "total-differs": (
        "合计写的是 {found}，其上的数据行合计是 {counted}。数据照常导入；请核对是否缺行、多行。",
        "The total says {found}; the rows above it come to {counted}. They were taken as they are; check that none is missing or too many.",
    ),
    "merged-filled": (
        "合并单元格的内容已填入其下 {count} 行。",
        "Filled in from merged cells in {count} rows.",
    ),
    "cells-mended": (
        "有 {count} 个单元格带全角字符、空格或多余的写法，已规范（如“{found}”→“{read}”）。",
        "{count} cells had full-width characters, spaces or the like and were tidied (such as “{found}” → “{read}”).",
    ),
    "counts-nought": (
        "有 {count} 个单元格没有填写或只有横线，按 0 导入（第一处在这一行）。请核对。",
        "{count} cells are empty or have a dash and were read as 0, the first of them in this row. Check that this is right.",
    ),
    "days-counted": (
        "有 {count} 个日期是没有日期格式的数字，已按 Excel 的日期序号读取（如“{found}”→“{read}”）。请核对。",
        "{count} days are numbers without a day's format and were read as Excel counts days (such as “{found}” → “{read}”). Check that this "
        "is right.",
    ),
    "days-first": (
        "这一列的 {count} 个日期都是某月1日，已照此导入。如果本意只是年月，请改写成文本，如 2027年3月：只写年月的算到月末。",
        "All {count} days of this column are the first of a month and were taken so. If months are meant, write them as text, such as "
        "2027年3月: a month counts to its last day.",
    ),
    "scores-rounded": (
        "有 {count} 个得分多于两位小数，已四舍五入到两位小数（如“{found}”→“{read}”）。",
        "{count} scores had more than two decimals and were rounded half up to two (such as “{found}” → “{read}”).",
    ),
    # --- cells ------------------------------------------------------------------------------------------------------
    "cell-empty": ("没有填写，此处必填。请补填。", "Nothing stands here; a value is required. Fill it in."),
    "row-alone": (
        "这一行只有“{found}”，不成一条数据。是说明、标题的，请删去这一行；是数据的，请补填：{lacking}。",
        "Nothing but “{found}” stands in this row, which makes no row of data. If it is a note or a title, delete the row; if it is data, "
        "fill in {lacking}.",
    ),
    "formula-error": (
        "公式出错，显示为“{found}”。请改正公式，或把单元格改为实际的值。",
        "The formula failed and shows “{found}”. Mend the formula, or replace it by the value.",
    ),
    "formula-unsaved": (
        "此单元格是公式，文件里没有保存它的值。请用 Excel 或 WPS 打开文件，保存后再导入；或把单元格改为实际的值。",
        "This cell is a formula whose value the file does not hold. Open the file in Excel or WPS, save it, and import again; or replace "
        "the formula by the value.",
    ),
    "text-control": (
        "“{found}”中有不可见的控制字符。请清空该单元格后重新键入。",
        "“{found}” has control characters in it that cannot be seen. Clear the cell and type it again.",
    ),
    "text-long": (
        "“{found}”有 {length} 个字符，最多 {most} 个。请核对是否把几个单元格的内容写到了一起，并改短。",
        "“{found}” has {length} characters; at most {most} are kept. Check whether several cells ran into one, and "
        "shorten it.",
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
    "yes-no": (
        "“{found}”应为“是”或“否”（或打 √、×）。请改正。",
        "“{found}” should be 是 (yes) or 否 (no), or a tick or a cross. Correct it.",
    ),
    "year-form": (
        "“{found}”应为四位年份，如 2019。请改正。",
        "“{found}” should be a year of four digits, such as 2019. Correct it.",
    ),
    "day-form": (
        "“{found}”不是可识别的日期，应写作 2020-03-11、2020/3/11、2020.3.11、2020年3月11日或 2020年3月。请改正。",
        "“{found}” is no date as expected: 2020-03-11, 2020/3/11, 2020.3.11, 2020年3月11日, or 2020年3月. Correct it.",
    ),
    "day-none": (
        "没有“{found}”这一天。请改正。",
        "There is no such day as “{found}”. Correct it.",
    ),
    "score-form": (
        "“{found}”应为得分，如 92 或 92.5。请改正。",
        "“{found}” should be a score, such as 92 or 92.5. Correct it.",
    ),
    "points-fine": (
        "“{found}”至多两位小数。请改正。",
        "“{found}” may have two decimals at most. Correct it.",
    ),
    "criterion-no-area": (
        "没有考评项目，上面也没有可以沿用的。请补填。",
        "There is no 考评项目 here, and none above that could go on. Fill it in.",
    ),
    "criterion-twice": (
        "“{found}”与 {sheet} 第 {first} 行重复。请删去一行。",
        "“{found}” stands in row {first} of {sheet} too. Delete one of the rows.",
    ),
    "criterion-no-points": (
        "“{found}”没有标准分，而其他行有。",
        "“{found}” has no 标准分, while other rows have.",
    ),
    "number-form": (
        "“{found}”应为 {least} 至 {most} 的整数，只写数字。请改正。",
        "“{found}” should be a whole number from {least} to {most}, in digits alone. Correct it.",
    ),
}
