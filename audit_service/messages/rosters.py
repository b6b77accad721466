"""Texts of the import of rosters and of people who drop out."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # --- help -----------------------------------------------------------------------------------------------------
    "help.import": ("导入名录和名单（.xlsx、.xls 或 .csv）。", "Import rosters (.xlsx, .xls or .csv)."),
    "help.rosters.units": (
        "导入建设单位名录。\n\n列：市(州)、县(市、区)、建设单位名称、单位类型、单位编码（可空）、类别、是否民生，及其他可缺的列；通用的其他列名也认识，"
        "见 docs/rosters.md。没有编码的按市州+县+名称查找。有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import units.\n\nColumns: 市(州), 县(市、区), 建设单位名称, 单位类型, 单位编码 (may be empty), 类别, 是否民生, and others that may be missing; "
        "usual other headings are known too, see docs/rosters.md. Units without a code are looked up by city, county and name. "
        "If anything is wrong nothing is imported, and all errors are listed at once.",
    ),
    "help.rosters.people": (
        "导入抽验人员名单。\n\n列：人员编号（可缺，由省安办编发）、姓名、工作单位、所属市(州)、人员类别、可任组长，及其他可缺的列，见 docs/rosters.md。"
        "有任何一处错误就什么也不导入，并一次列出全部错误。",
        "Import people.\n\nColumns: 人员编号 (may be missing; the office issues codes), 姓名, 工作单位, 所属市(州), 人员类别, 可任组长, "
        "and others that may be missing, see docs/rosters.md. If anything is wrong nothing is imported, and all errors are listed at once.",
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
    "help.rosters.former-names": (
        "导入曾用名。\n\n列：市(州)、县(市、区)（当时的）、原名称、现县(市、区)（有变更的，可缺）、现名称、单位编码（现单位的，可缺）、变更日期、依据文件。"
        "此后名录中没有编码、写着原名称的单位，就是现名称的单位。",
        "Import former names of units.\n\nColumns: 市(州), 县(市、区) (as it was then), 原名称, 现县(市、区) (where it is another one; may be missing), 现名称, 单位编码 (of the unit as it is now; may be missing), 变更日期, 依据文件. "
        "From then on a unit without a code that is listed under its former name is the unit of the present name.",
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
    "option.issue-codes": (
        "没有区划代码的单位（园区等）由省安办编发编号 X-市代码-序号。先不加此选项核对一遍，以免给写错的名称编号。",
        "Issue codes X-CITY-NUMBER to units that have no division code (parks). Import without it first, lest misspelt names get codes.",
    ),
    "option.rows-city": (
        "表中没有“市(州)”一列时，各行所属的市(州)。",
        "The city of all rows, where the table has no column 市(州).",
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
    "roster-change": ("变更：{key} {heading}：{old} → {new}", "changed: {key} {heading}: {old} → {new}"),
    "roster-missing": (
        "注意：现行名录中有 {count} 个单位，这次的文件里有其所在市(州)的名单却没有它们；均予保留。确已不在名录的，请用完整名单加 --complete 导入：",
        "note: {count} units on the roster are missing from these files, which have others of their cities. They stay; "
        "to take them off, import complete lists with --complete:",
    ),
    "roster-missing-people": (
        "注意：现行名单中有 {count} 人，这次的文件里有其所在市(州)同类人员的名单却没有他们；均予保留，仍会参加抽取。确已退出的，请用 people leave 移出，或用完整名单加 --complete 导入：",
        "note: {count} people on the roster are missing from these files, which have others of their cities and categories. They stay, and can be drawn; "
        "to take them off, use people leave, or import complete lists with --complete:",
    ),
    "roster-more": ("  ……另有 {count} 条，用 --json 可见全部。", "  … and {count} more; --json has all."),
    "value-none": ("（空）", "(empty)"),
    "roster-errors": (
        "共 {count} 处错误，什么也没有导入。请逐处改正后重新导入。",
        "{count} errors; nothing was imported. Mend them all and import again.",
    ),
    "left": ("已移出现行名单：{codes}。", "Taken off the roster: {codes}."),
    # --- rules ------------------------------------------------------------------------------------------------------
    "code-twice": (
        "“{found}”与 {sheet} 第 {first} 行的编号相同，应只出现一次。请删除重复的一行，或改正编号；整张工作表是往年名单的，请隐藏或删除那张工作表。",
        "“{found}” is already the code of row {first} of {sheet}; each may stand once. Delete one of the rows, or correct the code; if a "
        "whole sheet is a list of another year, hide or delete that sheet.",
    ),
    "code-case-twin": (
        "“{found}”与“{other}”只有大小写不同，容易混淆。同一个对象请用同一写法，不同对象请换一个编号。",
        "“{found}” differs from “{other}” by upper and lower case alone. Write the same one alike, or choose another code.",
    ),
    "code-city-unknown": (
        "“{found}”不在任何已知市(州)内：“{digits}”既不是四川省市(州)的代码（5101 至 5134），也不在 import places 导入的区划中。请核对单位编码。",
        "“{found}” lies in no city that is known: “{digits}” is none of Sichuan (5101 to 5134), and none that was imported by import places. Check the unit's code.",
    ),
    "city-unknown": (
        "“{found}”不是四川省的市(州)，也不在 import places 导入的区划中，应为全称（如 成都市、阿坝藏族羌族自治州）、通用简称或6位代码。请改正。",
        "“{found}” is no city of Sichuan, and none that was imported by import places; expected its full name (such as 成都市), its usual short name or its code of 6 digits. Correct it.",
    ),
    "code-in-no-place": (
        "单位编码 {unit} 不在“{found}”内：按编码属于“{city}”，但不属于其中任何一个已导入的区划。请核对编码和市(州)；两者都没有错的，请先用 import places 导入该单位所在的镇街（区县）。",
        "The unit's code {unit} does not lie in “{found}”: it lies in {city}, and in none of the places there that were imported. Check the code and the 市(州); if both are right, import the township (or county) of the unit first (import places).",
    ),
    "city-for-quotas": (
        "“{found}”在区划中填有类别或乡镇（街道）数，只用于按类别计算应启动数，不作单位和人员的市(州)。请改写为“{city}”；本办如以区县为抽取的“市(州)”，请从区划中删去它的类别和乡镇（街道）数，重新用 import places 导入。",
        "“{found}” has a class or a number of townships on the roster of places: quotas go by it, and no unit's or person's city. Write {city}; if counties are the “cities” of your draws, take its class and number of townships off and import the places again (import places).",
    ),
    "city-other-than-named": (
        "“{found}”与所指定的市(州)“{city}”不符。请核对：改正这一行，或不指定市(州)。",
        "“{found}” is not {city}, the city that was named for all rows. Correct the row, or name no city.",
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
        "类别“{found}”在已安装的政策中有不同含义：{known}。请用 AUDIT_POLICIES 指明本办在用的政策，或改写为其中一个状态编号。",
        "“{found}” has several meanings in the policies installed: {known}. Name the policies that you use in AUDIT_POLICIES, or write one of these instead.",
    ),
    "target-year-differs": (
        "“{found}”与类别“{status}”不符，该类别的目标下达年度为 {expected}。请核对，改正其中一处。",
        "“{found}” does not agree with the status “{status}”, whose year is {expected}. Check which is right and correct the other.",
    ),
    "livelihood-unsaid": (
        "没有填写是否民生。{status}按它决定是否抽取，请填写“是”或“否”；不填写的不能冻结。",
        "It is not said whether this is a livelihood target. Fill in 是 or 否: for {status} that decides whether it is drawn, and nothing can be frozen before.",
    ),
    "livelihood-column-absent": (
        "没有“是否民生”列，{count} 个单位（{status}）没有填写。它们按它决定是否抽取，请补上这一列（是或否）；不填写的不能冻结。",
        "There is no column 是否民生: of {count} units ({status}) it is not said whether they are livelihood targets. Add it, with 是 or 否: that decides whether they are drawn, and nothing can be frozen before.",
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
    "person-alike": (
        "“{name}”（{inspector}）与现行名单或本次名单中的 {other}（{employer}）同名、同市(州)，按两个人导入，会按两个人抽取、分别回避。"
        "如是同一人，请在名单中填写人员编号 {other} 重新导入，并用 people leave {inspector} 移出；原来为 {inspector} 导入的回避，请为 {other} 重新导入。",
        "“{name}” ({inspector}) has the same name and city as {other} ({employer}), and was taken as another person, who is drawn and recused apart. "
        "If they are one, fill in the code {other} in the list and import it again, take {inspector} off with people leave, "
        "and import recusals of {inspector} anew for {other}.",
    ),
    "person-same-mobile": (
        "“{name}”（{inspector}）与现行名单或本次名单中的 {other}（{employer}）手机号码相同，按两个人导入，会按两个人抽取、分别回避。"
        "如是同一人，请在名单中填写人员编号 {other} 重新导入，并用 people leave {inspector} 移出；不是的，请核对手机号码。",
        "“{name}” ({inspector}) has the mobile telephone of {other} ({employer}), and was taken as another person, who is drawn and recused apart. "
        "If they are one, fill in the code {other} in the list and import it again, and take {inspector} off with people leave; "
        "if not, check the number.",
    ),
    "code-issued": (
        "“{name}”没有人员编号，已编发 {issued}。请在今后的名单中填写。",
        "“{name}” had no code and was issued {issued}. Use it in lists from now on.",
    ),
    # --- names and codes of units ---------------------------------------------------------------------------------
    "unit-unmatched": (
        "没有单位编码，按市州+县+名称也查不到“{found}”（查过曾用名、区划表和现行名录）。写错的请改正；已撤并或更名的请填写现单位编码，"
        "或先用 import former-names 导入曾用名；园区等没有区划代码的，加 --issue-codes 由省安办编号。",
        "There is no code, and “{found}” is not found by city, county and name (among former names, divisions, and on the roster). "
        "Correct a misspelt name; for a division that was merged or renamed fill in the present code, or import its former name first "
        "(import former-names); for a park and the like let the office issue a code (--issue-codes).",
    ),
    "unit-code-not-issued": (
        "没有单位编码，按市州+县+名称也查不到“{found}”，而区划表中有同名或只差“街道”“镇”“乡”的 {near}。这样的名称不编发编码，以免同一单位列两次。"
        "写错的请改正；已撤并或更名的请填写现单位编码；确是另一单位的，请自行填写省安办形式的编码（如 X-510100-A001）。",
        "There is no code, and “{found}” is not found by city, county and name; but there is {near}, of the same name or of one that differs by 街道, 镇 or 乡 alone. "
        "No code is issued to such a name, lest one unit be listed twice. Correct a misspelt name; for a division that was merged or renamed fill in the present code; if it is really another unit, fill in a code of the office's form (such as X-510100-A001).",
    ),
    "unit-ambiguous": (
        "没有单位编码，而名录中有几个“{found}”（{codes}）。请填写单位编码，说明是哪一个。",
        "There is no code, and several units are named “{found}” ({codes}). Fill in the code of the one meant.",
    ),
    "name-also-former": (
        "“{found}”既是区划表中的现名（{code}），又是“{new}”（{other}）的曾用名，无法判断是哪一个。请填写单位编码。",
        "“{found}” is the name of a division that exists ({code}), and a former name of “{new}” ({other}). Fill in the code of the one meant.",
    ),
    "unit-twice": (
        "“{found}”与 {sheet} 第 {first} 行的市州、县、名称都相同，又不都有单位编码，应只出现一次。请删除一行；确是两个单位的，请都填写单位编码；整张工作表是往年名单的，请隐藏或删除那张工作表。",
        "“{found}” has the same city, county and name as row {first} of {sheet}, and not both have codes. Delete one of the rows; "
        "if they are two units, fill in both codes; if a whole sheet is a list of another year, hide or delete that sheet.",
    ),
    "units-alike": (
        "“{found}”（{unit}）与 {sheet} 第 {first} 行（{other}）的市州、县、名称都相同而编码不同，按两个单位导入。请核对是不是同一单位。",
        "“{found}” ({unit}) has the same city, county and name as row {first} of {sheet} ({other}) but another code; they were taken as two units. "
        "Check that they are not one.",
    ),
    "unit-under-other-code": (
        "“{found}”在现行名录中的编码是 {other}，这次按另一个单位导入。如是同一单位，请用完整名单加 --complete 导入，移出旧编码。",
        "“{found}” is on the roster under the code {other}; it was taken as another unit. If it is the same one, import a complete list "
        "with --complete, so that the old code leaves.",
    ),
    "name-differs-from-code": (
        "编码 {unit} 在区划表中是“{named}”，这里写的是“{found}”；以编码为准导入。请核对。",
        "The code {unit} is that of “{named}” in the table of divisions, but here it stands for “{found}”. It was imported by its code; check it.",
    ),
    "former-name-used": (
        "“{found}”是曾用名，{day} 起为“{new}”（{unit}，依据：{document}），已按现名导入。",
        "“{found}” is a former name; since {day} it is “{new}” ({unit}, by {document}), and was imported so.",
    ),
    "unit-code-issued": (
        "“{found}”没有单位编码，也查不到，已编发 {issued}。请在今后的名单中填写，并核对名称没有写错。",
        "“{found}” had no code, was not found, and was issued {issued}. Use it in lists from now on, and check that the name is right.",
    ),
    "former-name-same": (
        "现名称“{found}”与原名称相同，县(市、区)也没有变更。请改正其中一个；县(市、区)有变更的，请填写“现县(市、区)”。",
        "The present name “{found}” is the former name, and the county is the same. Correct one of them; where the county changed, fill in 现县(市、区).",
    ),
    "former-name-twice": (
        "“{found}”与 {sheet} 第 {first} 行是同一个原名称，应只出现一次。请删除一行。",
        "“{found}” is the former name of row {first} of {sheet} too; each may stand once. Delete one of the rows.",
    ),
    "former-name-county": (
        "没有填写现县(市、区)，“{found}”按“{read}”记录。请核对；不对的请填写“现县(市、区)”。",
        "No present county was given; “{found}” was recorded as “{read}”. Check it, and fill in 现县(市、区) if it is another one.",
    ),
    "former-name-unmatched": (
        "现名称“{found}”不在区划表中，也没有再次更名的记录。请改正；县(市、区)有变更的，请填写“现县(市、区)”，或填写现单位编码。",
        "The present name “{found}” is not in the table of divisions, and is no former name itself. Correct it; where the county changed fill in 现县(市、区), or the present code.",
    ),
    "period-reversed": (
        "“{found}”早于可参加时间起“{since}”。请核对两处日期。",
        "“{found}” is earlier than the day from which the person is available, “{since}”. Check both.",
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
