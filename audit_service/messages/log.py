"""Texts of the log: proofs, tiles, notes, keys."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "form.log-key": (
        "公钥，写作“名称+标识+密钥”，名称不超过 200 个字符",
        "a public key written NAME+ID+KEY, whose name has at most 200 characters",
    ),
    "proof-of-leaf": (
        "证明不成立：不能表明第 {index} 条记录在共 {size} 条的日志中。",
        "The proof does not hold: it does not show that entry {index} is in the log of {size} entries.",
    ),
    "proof-of-growth": (
        "证明不成立：不能表明 {size} 条的日志由 {old} 条的日志增长而来。",
        "The proof does not hold: it does not show that the log of {size} entries grew out of the one of {old}.",
    ),
    "tile-unknown": ("日志没有“{path}”这一块。", "The log has no tile “{path}”."),
    "log-no-entry": (
        "日志没有第 {entry} 条：该检查点有 {size} 条，从 1 数起。",
        "There is no entry {entry}: that checkpoint has {size}, counted from 1.",
    ),
    "log-no-size": (
        "没有 {size} 条的检查点：已签署到 {signed} 条。",
        "There is no checkpoint at {size} entries: {signed} are signed.",
    ),
    "query-number": (
        "参数 {name} 应为从 1 起的整数，只写一次，不带前导零；收到“{found}”。",
        "The parameter {name} must be one whole number from 1 on, without zeros in front; it was “{found}”.",
    ),
    "note-form": ("不是签名文本：第 {line} 行写法不对。", "Not a signed note: line {line} is not well formed."),
    "checkpoint-form": (
        "不是日志检查点：应为名称、条数、根三行。",
        "Not a checkpoint: expected three lines, the log's name, its size and its root.",
    ),
    "signing-key-unreadable": ("签名密钥 {file} 无法读取：{cause}", "The signing key {file} cannot be read: {cause}"),
    "signing-key-wrong": (
        "{file} 不是没有口令的 Ed25519 签名密钥。请检查设置，或恢复原密钥。",
        "{file} is no Ed25519 signing key without a password. Check the settings, or restore the key.",
    ),
    "signature-missing": ("没有“{name}”的签名。", "There is no signature by “{name}”."),
    "signature-wrong": ("“{name}”的签名不对。", "The signature by “{name}” is wrong."),
    "log-name-form": (
        "{where} 的值“{found}”不能用：须有 1 至 200 个字符，不得含空白或“+”。",
        "The value “{found}” of {where} cannot be used: it has 1 to 200 characters, none of them white space or “+”.",
    ),
    "help.log": ("日志：签署、核对、公布、见证。", "The log: sign, check, hand out, witness."),
    "help.log.publish": ("为已做的一切签署检查点。", "Sign a checkpoint of everything that was done."),
    "help.log.begin-anew": (
        "log.last 确已丢失时继续签署；日志会记下此事。",
        "Sign on though log.last is lost for good; the log tells of it.",
    ),
    "help.log.show": ("显示最新检查点与日志公钥。", "Show the newest checkpoint and the log's key."),
    "help.log.check": (
        "由登记的每一步重新推出整个日志，与所存的比较。",
        "Derive the whole log anew from what is on record, and compare.",
    ),
    "help.log.contains": (
        "输入纸上检查点的条数和根，核对日志是否仍含有它。",
        "Type size and root of a checkpoint from paper: does the log still begin so?",
    ),
    "help.log.export": (
        "把日志写成任何人可取用的文件（C2SP tlog-tiles）。",
        "Write the log as files that anybody can fetch (C2SP tlog-tiles).",
    ),
    "help.log_witness.witness": (
        "见证人在自己的机器上核对日志是否由上次所见增长而来，并联署检查点。",
        "On a witness's own machine: see that the log grew out of what was seen last, and cosign it.",
    ),
    "help.log.cosigned": ("收存见证人的联署。", "Keep a witness's cosignature."),
    "option.publish-every": (
        "每隔这么多秒签署一次，直至收到终止信号（SIGTERM）。",
        "Look every so many seconds, and sign what is new, until a signal (SIGTERM) ends it.",
    ),
    "log-published": ("已签署 {size} 条处的检查点。", "Signed the checkpoint at {size} entries."),
    "option.log-key": ("日志公钥（log show 显示）。", "The log's public key, as log show prints it."),
    "option.witness-name": ("见证人名称。", "The witness's name."),
    "option.witness-key": ("见证人的私钥文件，没有则生成。", "The witness's private key; made where there is none."),
    "option.witness-seen": ("见证人上次所见的检查点。", "The checkpoint that the witness saw last."),
    "option.witness-out": ("联署写入的文件，交回省安办。", "Where the cosignature is written, for the office."),
    "option.witness-send": (
        "把联署直接交给该网址的日志（凭证放在 AUDIT_TOKEN）。",
        "Hand the cosignature in at the URL (with the token in AUDIT_TOKEN).",
    ),
    "option.witness-public": ("见证人公钥。", "The witness's public key."),
    "log-empty": ("日志还没有检查点。", "The log has no checkpoint yet."),
    "option.log-qr": ("同时显示二维码。", "Show it as a QR code, too."),
    "log-root": ("根（十六进制）：{root}", "the root in hexadecimal: {root}"),
    "log-contained": (
        "✓ 日志的前 {size} 条就是该检查点所记的。",
        "✓ The first {size} entries of the log are those of that checkpoint.",
    ),
    "log-not-contained": (
        "日志的前 {size} 条不是该检查点所记的：条数或根输错了，或者日志被改动过。请重新输入；仍不符的，运行 log check，并保存该纸件。",
        "The first {size} entries are not those of that checkpoint: size or root were mistyped, or the log was changed. Type them again; if that does not help, run log check and keep the paper.",
    ),
    "log-shorter": (
        "日志只有 {entries} 条，没有 {size} 条：条数输错了，或者日志被换成了旧的或别的。请重新输入；仍不符的，保存该纸件。",
        "The log has {entries} entries and not {size}: the size was mistyped, or the log was set back or is another one. Type it again; if that does not help, keep the paper.",
    ),
    "log-root-form": (
        "根应为 64 位十六进制数（可按四位一组），或检查点中的 base64；收到“{found}”。",
        "The root must be 64 hexadecimal digits (in groups of four if you like), or the base64 of a checkpoint; it was “{found}”.",
    ),
    "log-key": ("日志公钥：{key}", "the log's key: {key}"),
    "log-unsigned": ("✗ 日志未能签署：{why}", "✗ The log could not be signed: {why}"),
    "log-hash-unknown": ("日志缺少第 {level} 层第 {place} 个散列。", "The log lacks hash {place} of level {level}."),
    "log-last-wrong": (
        "{file} 不是本日志密钥签署的检查点。请恢复正确的文件。",
        "{file} is no checkpoint signed with the log's key. Restore the right file.",
    ),
    "log-last-missing": (
        "找不到 {file}（上次签署的检查点），而数据库里已有 {signed} 条处签署的检查点。没有它就看不出数据库是否被换成了旧的，拒绝签署。请放回该文件（见证人那里有其联署过的检查点）；确已丢失的，用 log begin-anew --reason 说明后继续，日志会记下此事。",
        "{file} is not there, which has the checkpoint that was signed last, and the database has one signed at {signed} entries. Without it nobody notices a database that was set back: nothing is signed. Put the file back (a witness has the checkpoint that it cosigned); if it is lost for good, go on with `log begin-anew --reason`, which the log will tell of.",
    ),
    "log-last-there": (
        "没有丢失什么：{file} 还在，或者尚未签署过检查点。直接 log publish 即可。",
        "Nothing is lost: {file} is there, or no checkpoint was ever signed. `log publish` will do.",
    ),
    "log-last-lost": (
        "✗ 找不到上次签署的检查点文件（log.last），数据库里最新的检查点在 {place} 条处",
        "✗ the file with the checkpoint that was signed last (log.last) is not there; the database's newest is at {place} entries",
    ),
    "log-last-busy": (
        "{file} 正被其他程序使用，等了 {wait} 秒。请稍后重试（log publish）。",
        "Somebody else has been working on {file} for {wait} seconds. Try again later (log publish).",
    ),
    "log-other-name": (
        "上次以“{signed}”之名签署，现名“{name}”。请改回 AUDIT_LOG_NAME。",
        "The log was signed as “{signed}” and is now called “{name}”. Set AUDIT_LOG_NAME back.",
    ),
    "log-set-back": (
        "日志只有 {size} 条，而上次签署时有 {signed} 条：数据库被换成了旧的，或者同一文件夹里的 log.key、log.last 属于另一个数据库。拒绝签署。换成旧的，请恢复最新的备份，确已丢失的，见 docs/operations.md；属于另一个数据库的，给本数据库单独一个文件夹（AUDIT_DATABASE_URL），不要删去那两个文件。",
        "The log has {size} entries and had {signed} when it was signed last: the database was set back, or the log.key and log.last in its folder are another database's. Nothing is signed. If it was set back, restore the newest backup (lost for good: docs/operations.md); if they are another's, give this database a folder of its own (AUDIT_DATABASE_URL), and do not delete those files.",
    ),
    "log-forked": (
        "日志的前 {signed} 条与上次签署的不同：数据库被改动或换成了别的，或者同一文件夹里的 log.key、log.last 属于另一个数据库。拒绝签署。属于另一个数据库的，给本数据库单独一个文件夹（AUDIT_DATABASE_URL），不要删去那两个文件；不然，请保持原样，见 docs/operations.md。",
        "The first {signed} entries are not those that were signed: the database was changed or is another one, or the log.key and log.last in its folder are another database's. Nothing is signed. If they are another's, give this database a folder of its own (AUDIT_DATABASE_URL), and do not delete those files; if not, keep everything as it is, and see docs/operations.md.",
    ),
    "log-checked": ("日志 {entries} 条，全部相符。", "The log has {entries} entries; everything agrees."),
    "log-faulty": (
        "日志 {entries} 条，有 {count} 处不符。",
        "The log has {entries} entries; {count} things are not as they must be.",
    ),
    "log-entry-differs": ("✗ 第 {place} 条与登记的不同", "✗ entry {place} is not what is on record"),
    "log-entries-missing": ("✗ 缺少第 {place} 条", "✗ entry {place} is missing"),
    "log-hash-wrong": ("✗ 第 {place} 条起的散列不对", "✗ a hash over the entries from {place} on is wrong"),
    "log-checkpoint-wrong": ("✗ 第 {place} 条处的检查点不对", "✗ the checkpoint at {place} entries is wrong"),
    "log-not-the-signed-one": (
        "✗ 不是上次签署（{place} 条）的那个日志",
        "✗ this is not the log that was signed last, at {place} entries",
    ),
    "log-exported": ("日志已写入 {folder}（{count} 个文件）。", "The log is in {folder} ({count} files)."),
    "log-witnessed": ("见证人公钥：{key}", "the witness's key: {key}"),
    "log-witnessed-out": (
        "已联署 {size} 条处的检查点，写入 {file}。",
        "Cosigned the checkpoint at {size} entries; the signature is in {file}.",
    ),
    "log-witnessed-sent": (
        "已联署 {size} 条处的检查点，交给 {url}。",
        "Cosigned the checkpoint at {size} entries; the signature was handed in at {url}.",
    ),
    "log-witnessed-known": (
        "{url} 已有本见证人对 {size} 条处检查点的联署。",
        "{url} has this witness's cosignature at {size} entries already.",
    ),
    "witness-out-or-send": (
        "请用 --out 指明联署写入的文件，或用 --send 交给日志。",
        "Say with --out where the cosignature is written, or hand it in with --send.",
    ),
    "witness-send-where": (
        "--send 只能用于网址，不能用于文件夹。",
        "--send needs a URL; the log was given as a folder.",
    ),
    "witness-token": (
        "--send 需要凭证：请把审计机关账号的凭证放在 AUDIT_TOKEN。",
        "--send needs a token: set AUDIT_TOKEN to one of the auditor's account.",
    ),
    "witness-busy": (
        "另一次联署正在使用 {file}。请待其办完后重试。",
        "Another witness command is working with {file}. Try again when it is done.",
    ),
    "cosignature-not-taken": (
        "日志没有收下联署：HTTP {status}，{why}。",
        "The log did not take the cosignature: HTTP {status}, {why}.",
    ),
    "cosignature-form": (
        "应为 JSON 对象，其中 size 是条数，key 是见证人公钥，cosignature 是一行联署。",
        "Expected a JSON object: size, a number; key, the witness's public key; cosignature, its signature line.",
    ),
    "remote-missing": ("{url} 不存在。", "There is no {url}."),
    "remote-not-read": ("{url} 无法读取：{cause}", "{url} cannot be read: {cause}"),
    "remote-moved": (
        "{url} 要求改去 {to}。请核对后直接使用正确的网址。",
        "{url} sends its readers on to {to}. Use the right address itself, if that is it.",
    ),
    "remote-too-large": ("{url} 超过 {most} 字节。", "{url} has more than {most} bytes."),
    "remote-token-open": (
        "{url} 不是 https，凭证会被沿途看到，因此没有发送。",
        "{url} is not https: the token would be seen on its way, so nothing was sent.",
    ),
    "log-cosigned": (
        "已收存“{name}”对 {size} 条处检查点的联署（{at}）。",
        "Kept the cosignature of {name} for the checkpoint at {size} entries ({at}).",
    ),
    "cosignature-known": (
        "“{name}”以此密钥（{key}）对 {size} 条处检查点的联署已收存。",
        "The cosignature of {name} by this key ({key}) at {size} entries is kept already.",
    ),
    "cosignature-of-nothing": (
        "“{name}”的联署不属于本日志的任何检查点。",
        "The cosignature of {name} is of none of this log's checkpoints.",
    ),
    "witness-other-log": (
        "是“{found}”的检查点，应为“{expected}”的。",
        "This is a checkpoint of “{found}”; expected “{expected}”.",
    ),
    "witness-tiles-wrong": (
        "{size} 条处的检查点与日志文件不符。",
        "The checkpoint at {size} entries does not agree with the log's files.",
    ),
    "witness-rollback": (
        "日志倒退：上次见到 {seen} 条，现只有 {size} 条。拒绝联署。请保存两个检查点，它们就是证据。",
        "The log was set back: {seen} entries were seen, now there are {size}. Not cosigned. Keep both checkpoints; they prove it.",
    ),
    "witness-fork": (
        "日志分叉：{size} 条的日志不是由上次见到的 {seen} 条增长而来。拒绝联署。请保存两个检查点，它们就是证据。",
        "The log forked: its {size} entries did not grow out of the {seen} that were seen. Not cosigned. Keep both checkpoints; they prove it.",
    ),
    "proofs-order": ("{where} 的条目须按序号排列，不得重复。", "The entries of {where} must be in order, none twice."),
    "log-file-missing": ("缺少 {file}。", "{file} is missing."),
    "log-file-more": ("多出 {file}。", "{file} must not be there."),
    "checkpoint-other": (
        "检查点是“{origin}”{size} 条处的，不是所称的那一个。",
        "The checkpoint is of {origin} at {size} entries; it is not the one that it is said to be.",
    ),
    "log-entry-form": ("日志第 {index} 条无法读取。", "Entry {index} of the log cannot be read."),
    "number-unexplained": (
        "{name} 没有结果，日志中也没有撤回或作废的记录。",
        "{name} has no result, and the log does not show that it was withdrawn or set aside.",
    ),
    "step.11": ("日志：承诺的时间与编号", "log: when commitments were made, and all numbers"),
    "verify-seen": ("  {part}：见证人于 {at} 见过其承诺", "  {part}: the witness saw its commitment at {at}"),
    "verify-not-seen": (
        "  {part}：没有见证人在其最早事件之前见过承诺",
        "  {part}: no witness saw its commitment before its earliest event",
    ),
    "verify-ended-withdraw": ("  日志：{name} 已撤回", "  log: {name} was withdrawn"),
    "verify-ended-set-aside": ("  日志：{name} 已作废", "  log: {name} was set aside"),
    "verify-two": ("  日志：{name} {action}：另一人已确认", "  log: {name}, {action}: a second person confirmed it"),
    "verify-not-two": (
        "  注意：{name} {action}：日志未能证明另一人确认过",
        "  note: {name}, {action}: the log does not show that a second person confirmed it",
    ),
}
