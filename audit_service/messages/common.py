"""Texts of settings, the database and files."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "demo-clock-undeclared": (
        "设置了 AUDIT_DEMO_CLOCK，但没有设置 AUDIT_DEMO=1。演示时钟只能用于演示：请同时设置 AUDIT_DEMO=1，或去掉 AUDIT_DEMO_CLOCK。",
        "AUDIT_DEMO_CLOCK is set without AUDIT_DEMO=1. A demo clock is for demonstrations only: set AUDIT_DEMO=1 as well, or unset AUDIT_DEMO_CLOCK.",
    ),
    "demo-clock-form": (
        "AUDIT_DEMO_CLOCK 的值“{found}”不是时间，应写作 2026-03-17T13:15:00Z（UTC）。",
        "AUDIT_DEMO_CLOCK is “{found}”; expected a time such as 2026-03-17T13:15:00Z (UTC).",
    ),
    "vault-key-missing": (
        "找不到密钥文件 {file}。封存抽取的秘密值用它加密；请从备份恢复该文件，或用 AUDIT_KEY_FILE 指明其位置。",
        "The key file {file} is missing. It locks the secrets of sealed draws: restore it from its backup, or name its place with AUDIT_KEY_FILE.",
    ),
    "vault-key-wrong": (
        "密钥文件 {file} 不是当初加密所用的密钥。请恢复原密钥文件，或用 AUDIT_KEY_FILE 指明其位置。",
        "The key in {file} is not the one that locked this secret. Restore the original key file, or name its place with AUDIT_KEY_FILE.",
    ),
    "database-url": (
        "AUDIT_DATABASE_URL 无法识别。应为 sqlite:///路径 或 postgresql://用户@主机/库名。",
        "AUDIT_DATABASE_URL is not understood. Expected sqlite:///PATH or postgresql://USER@HOST/NAME.",
    ),
    "database-new": (
        "注意：数据库 {file} 不存在，已新建。如果应当已有数据，请核对所在文件夹（{folder}）和 AUDIT_DATABASE_URL。",
        "note: there was no database {file}; it was made. If there should be data already, check the folder ({folder}) and AUDIT_DATABASE_URL.",
    ),
    "database-failed": (
        "数据库未能完成操作：{cause}。什么也没有改变；排除原因后重试。",
        "The database could not do it: {cause}. Nothing was changed; mend the cause and try again.",
    ),
    "database-busy": (
        "数据库正被其他操作占用，等待超时：{cause}。什么也没有改变；待对方办完后重试（等待的秒数可用 AUDIT_DATABASE_WAIT 设定）。",
        "Somebody else holds the database, and did not let go in time: {cause}. Nothing was changed; try again when they are done "
        "(AUDIT_DATABASE_WAIT sets how many seconds to wait).",
    ),
    "database-full": (
        "数据库所在的磁盘已满，或数据库已到容量上限：{cause}。什么也没有改变；腾出空间后重试。",
        "The database's disk is full, or the database has reached its limit: {cause}. Nothing was changed; make room and try again.",
    ),
    "database-readonly": (
        "数据库只能读，不能写：{cause}。什么也没有改变；请检查数据库及其所在文件夹的写权限（PostgreSQL 检查账号权限）后重试。",
        "The database can be read and not written: {cause}. Nothing was changed; look at the permissions of the database and its folder "
        "(on PostgreSQL at those of the account), and try again.",
    ),
    "database-not-opened": (
        "无法打开数据库文件：{cause}。什么也没有改变；请检查 AUDIT_DATABASE_URL 的路径，以及对文件及其所在文件夹的读写权限。",
        "The database file cannot be opened: {cause}. Nothing was changed; look at the path in AUDIT_DATABASE_URL, and at the permissions of the "
        "file and its folder.",
    ),
    "database-not-reached": (
        "连不上数据库，或连接中断：{cause}。什么也没有改变；请检查 AUDIT_DATABASE_URL 和数据库服务后重试。",
        "The database cannot be reached, or the connection was lost: {cause}. Nothing was changed; look at AUDIT_DATABASE_URL and at the "
        "database server, and try again.",
    ),
    "database-unsure": (
        "保存时与数据库的连接中断：{cause}。不知道是否已经保存：要么全部保存了，要么一点也没有。请用 list、show 查看，没有保存再重做。",
        "The connection to the database was lost while it was saving: {cause}. All of it was kept, or nothing; which, is not known. "
        "Look with `list` and `show`, and repeat the command if nothing was kept.",
    ),
    "database-damaged": (
        "数据库文件已损坏，或不是数据库：{cause}。什么也没有改变；请从备份恢复，或改正 AUDIT_DATABASE_URL。",
        "The database file is damaged, or is no database: {cause}. Nothing was changed; restore a backup, or correct AUDIT_DATABASE_URL.",
    ),
    "database-disk": (
        "数据库所在的磁盘读写出错：{cause}。什么也没有改变；请检查磁盘、配额和文件大小限制后重试。",
        "The disk under the database failed to read or write: {cause}. Nothing was changed; look at the disk, its quota and the limit on "
        "the size of files, and try again.",
    ),
    "text-encoding": (
        "{name} 的内容“{found}”不是 UTF-8 文字，不能存入数据库。请改用 UTF-8 的终端重新键入。",
        "{name} is “{found}”, which is no text in UTF-8 and cannot be kept. Type it again in a terminal that speaks UTF-8.",
    ),
    "output-not-written": (
        "输出没有全部写出：{cause}。命令本身已经办完，结果已保存（没有被拒绝的话）；重做之前请先用 list、show 查看。",
        "Not all of the output could be written: {cause}. The command itself was carried out and is kept, if it was not refused; look with "
        "`list` and `show` before you repeat it.",
    ),
    "system-failed": (
        "操作系统未能完成操作：{cause}。排除原因后，先用 list、show 查看，再重试。",
        "The operating system could not do it: {cause}. Mend the cause, look with `list` and `show`, and try again.",
    ),
    "database-version": (
        "数据库结构的版本是 {found}，本程序需要 {expected}。请先运行 audit-service db upgrade。",
        "The database's schema is version {found}; this program needs {expected}. Run `audit-service db upgrade` first.",
    ),
    "file-not-regular": (
        "{file} 不是普通文件，不能写入。请另选文件名。",
        "{file} is not a regular file and is not written to. Choose another name.",
    ),
    "file-damaged": (
        "数据库中 {draw} 的文件 {name} 与冻结时的摘要不符：数据库被改动或损坏。请从备份恢复。",
        "The file {name} of {draw} in the database is not the bytes that were frozen: the database was changed or damaged. Restore a backup.",
    ),
    "demo-on-real": (
        "{draw} 是在真实时钟下承诺的，不能在演示时钟下办理。请去掉 AUDIT_DEMO_CLOCK。",
        "{draw} was committed under the real clock; nothing is done to it under a demo clock. Unset AUDIT_DEMO_CLOCK.",
    ),
    "demo-on-real-unit": (
        "{unit} 有在真实时钟下的记录，不能在演示时钟下办理：期限要按真实的日子计算。请去掉 AUDIT_DEMO_CLOCK 或 Audit-Demo-Clock，演示请另用数据库。",
        "Something is recorded of {unit} under the real clock; nothing is done about it under a demo clock, since its periods run by real days. Unset AUDIT_DEMO_CLOCK, or leave Audit-Demo-Clock out; for a demonstration use a database of its own.",
    ),
    "file-not-written": (
        "无法写入 {file}：{cause}。",
        "{file} cannot be written: {cause}.",
    ),
    "file-not-read": (
        "无法读取 {file}：{cause}。",
        "{file} cannot be read: {cause}.",
    ),
}
