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
    "file-not-written": (
        "无法写入 {file}：{cause}。",
        "{file} cannot be written: {cause}.",
    ),
    "file-not-read": (
        "无法读取 {file}：{cause}。",
        "{file} cannot be read: {cause}.",
    ),
}
