"""Texts of keeping an installation: backups, restoring, checking."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.upkeep.backup": (
        "把数据库的全部内容备份成一个文件（不含密钥）。",
        "Write everything that the database holds into one file, without the keys.",
    ),
    "help.upkeep.restore": ("用备份填充一个空数据库。", "Fill an empty database with what a backup holds."),
    "help.upkeep.check": (
        "检查数据库，重放每次抽取，重新推出日志。",
        "Check the database, replay every draw, derive the log anew.",
    ),
    "option.version": ("显示程序版本。", "Show the program's version."),
    "backed-up": ("已备份到 {file}（{size} 字节）。", "Backed up to {file} ({size} bytes)."),
    "backup-apart": (
        "备份不含以下文件，请另行保存，不要与备份放在一起：\n  {key}（封存抽取的密钥，用过才有）\n  {log_key}（日志签名密钥）\n  {evidence}（证据文件）\n"
        "备份也不含 {log_last}：它防止恢复旧备份后重新签署，决不能从备份恢复。",
        "Not in it, to be kept apart from it:\n  {key} (the key of sealed draws, if there are any)\n  {log_key} (the log's signing key)\n  {evidence} (files of evidence)\n"
        "Nor is {log_last}: it keeps an old backup from being signed, and is never restored from a backup.",
    ),
    "backup-exists": (
        "{file} 已经存在，备份不覆盖任何文件。请另选文件名。",
        "{file} is there already, and a backup is written over nothing. Choose another name.",
    ),
    "backup-none": (
        "不是 audit-service 的备份：第一行无法识别。什么也没有改变；请核对文件，或换一份备份。",
        "This is no backup of audit-service: its first line is not understood. Nothing was changed; check the file, or take another backup.",
    ),
    "backup-format": (
        "备份的格式是“{found}”，本程序能读“{expected}”。什么也没有改变；请用制作它的程序版本恢复。",
        "The backup is of the form “{found}”; this program reads “{expected}”. Nothing was changed; restore it with the version that made it.",
    ),
    "backup-cut-off": (
        "备份不完整：末行不是摘要，文件可能被截断。什么也没有改变；请重新复制文件，或换一份备份。",
        "The backup is not whole: its last line is no digest, so the end is missing or changed. Nothing was changed; copy the file again, or take another backup.",
    ),
    "backup-damaged": (
        "备份已损坏：内容与末行的 SHA-256 不符。什么也没有改变；请重新复制文件，或换一份备份。",
        "The backup is damaged: what it holds is not what the SHA-256 in its last line says. Nothing was changed; copy the file again, or take another backup.",
    ),
    "backup-line": (
        "备份第 {line} 行写法不对，不是本程序写的。什么也没有改变；请换一份备份。",
        "Line {line} of the backup is not well formed; this program did not write it. Nothing was changed; take another backup.",
    ),
    "backup-row": (
        "备份第 {line} 行不是表 {table} 的一行。什么也没有改变；请换一份备份。",
        "Line {line} of the backup is no row of the table {table}. Nothing was changed; take another backup.",
    ),
    "restored": (
        "已恢复 {rows} 行，日志 {acts} 条。备份时间：{at}。",
        "Restored {rows} rows; the log has {acts} entries. The backup was made at {at}.",
    ),
    "restore-next": (
        "请把原来的 {log_key}、{log_last}、{key}（用过才有）和证据文件（{evidence}）放回原处，再运行 audit-service check。{log_last} 必须是最新的，不是备份时的。",
        "Put the original {log_key}, {log_last} and {key} (if there was one) and the files of evidence ({evidence}) back in their places, then run `audit-service check`. "
        "{log_last} must be the newest, not one from the time of the backup.",
    ),
    "restore-behind": (
        "✗ 备份只到第 {acts} 条，而日志已签署到第 {signed} 条：缺少之后的记录，日志将拒绝签署。请找更新的备份。",
        "✗ The backup goes to entry {acts}, and the log was signed up to {signed}: what came later is missing, and the log will refuse to sign. Look for a newer backup.",
    ),
    "restore-not-empty": (
        "数据库中已有数据（表 {table}），只能恢复到空数据库。什么也没有改变；请用 AUDIT_DATABASE_URL 指明一个新数据库。",
        "There is something in the database already (table {table}); only an empty one is filled. Nothing was changed; name a new database with AUDIT_DATABASE_URL.",
    ),
    "restore-schema": (
        "备份的数据库结构是版本 {found}，本程序只到 {expected}。什么也没有改变；请先升级程序再恢复。",
        "The backup's schema is version {found}; this program knows up to {expected}. Nothing was changed; install the newer program, then restore.",
    ),
    "restore-tables": (
        "备份中的表与其结构版本不符：{table}。什么也没有改变；请换一份备份。",
        "The backup's tables are not those of its schema's version: {table}. Nothing was changed; take another backup.",
    ),
    "setting-number": (
        "{name} 的值“{found}”应为 1 至 {most} 的整数。",
        "{name} is “{found}”; expected a whole number from 1 to {most}.",
    ),
    "setting-switch": ("{name} 的值“{found}”应为 0 或 1。", "{name} is “{found}”; expected 0 or 1."),
    "setting-bind": (
        "AUDIT_BIND 的值“{found}”应写作 127.0.0.1:8000 或 unix:/路径。",
        "AUDIT_BIND is “{found}”; expected an address such as 127.0.0.1:8000, or unix:/PATH.",
    ),
    "checked": (
        "数据库完好；{replayed} 次抽取与派组全部重放一致；日志 {entries} 条全部相符。",
        "The database is sound; {replayed} draws and rounds replay to what is kept; the log's {entries} entries agree.",
    ),
    "checked-faulty": (
        "有 {count} 处不对（核对了 {replayed} 次抽取与派组、日志 {entries} 条）。请保存现状，见 docs/operations.md。",
        "{count} things are not as they must be ({replayed} draws and rounds and {entries} entries of the log were looked at). Keep everything as it is, and see docs/operations.md.",
    ),
    "evidence-unused": (
        "{place} 中有 {count} 个文件没有任何记录：登记未完成而留下的。如该处只归本数据库使用，可用 check --remove-unused 移除。",
        "{count} files in {place} are known to nobody: what was to record them failed. If no other database keeps its files there, `check --remove-unused` takes them away.",
    ),
    "evidence-unused-faulty": (
        "{place} 中有 {count} 个文件没有任何记录；因上述问题，没有移除。请先处理。",
        "{count} files in {place} are known to nobody. None was taken away, because of what is wrong above: mend that first.",
    ),
    "evidence-removed": (
        "已从 {place} 移除 {count} 个没有任何记录的文件。",
        "{count} files that nobody knew of were taken away from {place}.",
    ),
    "option.remove-unused": (
        "移除没有任何记录的证据文件（登记未完成而留下的）。",
        "Take away files of evidence that nobody knows of, since what was to record them failed.",
    ),
    "check-integrity": ("✗ 数据库损坏：{cause}", "✗ the database is damaged: {cause}"),
    "check-schema": ("✗ 数据库结构与程序不符：{found}", "✗ the schema is not the one of its version: {found}"),
    "check-guard": (
        "✗ 表 {table} 的防改触发器 {guard} 不在或被停用",
        "✗ the trigger {guard}, which keeps {table} from being changed, is gone or switched off",
    ),
    "check-reference": (
        "✗ 表 {table} 有 {count} 行所指的内容不存在（{rule}）",
        "✗ {count} rows of {table} refer to what is not there ({rule})",
    ),
    "check-file": (
        "✗ 摘要为 {digest} 的文件内容已被改动",
        "✗ the file kept under {digest} is not the bytes that were hashed",
    ),
    "check-result": (
        "✗ {name} 的 {file} 与重放的结果不同",
        "✗ {file} of {name} is not what follows from its commitment and seed",
    ),
    "check-log-key": (
        "✗ 找不到日志签名密钥，无法核对检查点。请放回原来的 log.key（AUDIT_LOG_KEY_FILE）",
        "✗ the log's signing key is not there, so its checkpoints cannot be checked. Put the original log.key back (AUDIT_LOG_KEY_FILE)",
    ),
    "check-part": ("✗ {name}：{problem}", "✗ {name}: {problem}"),
}
