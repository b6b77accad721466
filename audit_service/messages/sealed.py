"""Texts of sealed draws: deposits, releases, packets, and their days in the log."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # --- deposits
    "help.deposit": (
        "寄存：把封存抽取的秘密值交第三方保管。",
        "Deposits: the secret of a sealed draw in a third party's hands.",
    ),
    "help.deposit.keygen": (
        "（第三方）生成密钥对；公钥交省安办。",
        "For the third party: make a key pair; the office gets the public key.",
    ),
    "help.deposit.make": (
        "把秘密值加密给第三方公钥，或打印装入两个密封信封。",
        "Encrypt the secret to a third party's public key, or print it for two sealed envelopes.",
    ),
    "help.deposit.open": (
        "（第三方）打开寄存文件并核对，不需要数据库。",
        "For the third party: open a deposit and check it; needs no database.",
    ),
    "help.deposit.confirm": (
        "登记第三方核对的摘要与承诺相符。",
        "Write down that the digest which the third party computed is the committed one.",
    ),
    "help.deposit.return": (
        "密钥文件丢失时，由第三方交回秘密值，重新加密保存。",
        "Take the secret back from the third party where the office's key file is lost.",
    ),
    "option.deposit-key-out": (
        "私钥写入的文件；公钥另存为 .pub。",
        "The private key's file; the public key is put beside it as .pub.",
    ),
    "option.deposit-to": ("第三方的公钥文件。", "The third party's public key."),
    "option.deposit-print": (
        "打印用的 Word 文件，两份，每份装一个信封。",
        "A Word file with two copies, one for each envelope.",
    ),
    "option.deposit-key": ("第三方的私钥文件。", "The third party's private key."),
    "option.deposit-commitment": (
        "已公布的 commitment.json，用来核对 C 与摘要。",
        "The published commitment.json, to check C and the digest.",
    ),
    "option.deposit-holder": (
        "保管人（单位）；由另一机构的账户确认时可省略，即该机构。",
        "Who holds it; left out by an account of another institution it is that one.",
    ),
    "option.deposit-digest": ("保管人由秘密值算出的 SHA-256。", "The SHA-256 that the holder computed of the secret."),
    "option.deposit-receipt": ("保管人的回执文件，代替 --digest。", "The holder's receipt, in place of --digest."),
    "option.deposit-receipt-out": (
        "回执写入的文件，交省安办登记；不含秘密值。",
        "Where to write the receipt for the office; it does not hold the secret.",
    ),
    "deposit-digest-or-receipt": (
        "请用 --digest 摘要，或用 --receipt 回执文件。",
        "Use --digest D, or --receipt FILE.",
    ),
    "deposit-receipt-other": (
        "回执是 {found} 的，不是 {name} 的。",
        "The receipt is of {found}, not of {name}.",
    ),
    "deposit-receipt": ("回执已写入 {file}，请交省安办。", "The receipt is in {file}; give it to the office."),
    "option.handed": (
        "寄存的秘密值：逾期未公布时，保管人可单独公布。",
        "The deposited secret: when the office is overdue, its holder reveals alone.",
    ),
    "option.handed-back": ("保管人交回的秘密值。", "The secret as its holder gives it back."),
    "deposit-to-or-print": (
        "请用 --to 公钥文件 --out 文件，或用 --print 文件.docx。",
        "Use --to PUBLIC-KEY-FILE with --out FILE, or --print FILE.docx.",
    ),
    "deposit-key-made": (
        "私钥在 {private}，请妥善保管；公钥在 {public}，交省安办。\n公钥指纹（请当面或电话核对）：\n  {fingerprint}",
        "The private key is in {private}: keep it safe. The public key is in {public}: give it to the office.\nits fingerprint, to be compared face to face or by telephone:\n  {fingerprint}",
    ),
    "deposit-key-there": (
        "{file} 已经存在。密钥丢失后已寄存的秘密值无法打开，故不覆盖；请另选文件名。",
        "{file} is there already. A key that is lost opens nothing any more, so it is not written over; choose another name.",
    ),
    "deposit-key-form": (
        "不是寄存用的密钥（X25519，PEM 格式）。请用 deposit keygen 生成的文件。",
        "Not a key for deposits (X25519 in PEM). Use a file that deposit keygen made.",
    ),
    "deposit-made": (
        "寄存文件 {file}，只有这把公钥的主人能打开：\n  {fingerprint}",
        "The deposit is in {file}; only the owner of this public key can open it:\n  {fingerprint}",
    ),
    "deposit-printed": (
        "{file} 两页，各装一个信封，当场密封，分交两位保管人。打印后请删除该文件。",
        "{file} has two copies: seal each in an envelope at once and hand them to two holders. Delete the file when it is printed.",
    ),
    "deposit-next": (
        "保管人核对摘要后，请在最早事件之前登记：audit-service deposit confirm {name} --holder 保管人 --digest 摘要",
        "When the holder has compared the digest, and before the earliest event: audit-service deposit confirm {name} --holder NAME --digest D",
    ),
    "deposit-opened": ("{name} 的寄存，公布期限 {reveal_by}：", "Deposit of {name}, to be revealed by {reveal_by}:"),
    "deposit-compare": (
        "秘密值的 SHA-256 与寄存文件所写的摘要相符。请再与公布的 {name} 的 commitment.json（secret 一栏）核对，或用 --commitment。",
        "The secret has the digest that the deposit says. Compare it with the published commitment.json of {name} (its `secret`), or use --commitment.",
    ),
    "deposit-matches": (
        "✓ 秘密值、摘要与公布的 {name} 的承诺相符。",
        "✓ Secret and digest are those of the published commitment of {name}.",
    ),
    "deposit-commitment-other": (
        "该 commitment.json 的摘要是 {found}，不是 {name} 的承诺 {c}，或其中的 secret 与寄存的不同。",
        "The digest of this commitment.json is {found}; it is not the commitment {c} of {name}, or says another `secret`.",
    ),
    "deposit-digest": (
        "寄存的秘密值与摘要 {digest} 不符。请勿确认，并告知省安办和见证单位。",
        "The deposited secret does not have the digest {digest}. Do not confirm it; tell the office and the witness.",
    ),
    "deposit-not-yours": (
        "这把私钥打不开此寄存文件：不是给它的，或文件被改动。",
        "This key does not open the deposit: it is for another one, or the file was changed.",
    ),
    "deposit-other": (
        "保管人的摘要 {found} 不是 {name} 承诺的 {committed}。没有登记；请核对寄存的秘密值。",
        "The holder's digest {found} is not the one committed for {name}, {committed}. Nothing was written down; check what was deposited.",
    ),
    "deposit-holder-empty": ("请写明保管人。", "Say who holds it."),
    "deposit-confirmed": (
        "已登记：{holder} 持有 {name} 的秘密值，早于最早事件（{earliest}）。",
        "Written down: {holder} holds the secret of {name}, before its earliest event ({earliest}).",
    ),
    "deposit-said": (
        "已登记：本机构说 {holder} 持有 {name} 的秘密值，早于最早事件（{earliest}）。没有另一机构的账户确认，仍作为违规显示。",
        "Written down: the office says that {holder} holds the secret of {name}, before its earliest event ({earliest}). No account of another institution confirmed it, and that remains a violation.",
    ),
    "deposit-none": (
        "{name} 的秘密值还没有交出过，谈不上确认。请先用 deposit make 交给保管人。",
        "The secret of {name} was never handed over, so nobody holds it. Hand it over first (deposit make).",
    ),
    "deposit-own-institution": (
        "秘密值是本机构（{institution}）交出的，须由另一机构的人确认持有。",
        "Your own institution ({institution}) handed the secret over: somebody of another one must confirm it.",
    ),
    "deposit-late-appointment": (
        "您的任命（第 {entry} 条记录）在秘密值交出（第 {number} 条）之前尚未在日志中公布，不能确认。请省安办在公布之后再交一次（deposit make）。",
        "Your appointment (entry {entry}) did not stand in a published checkpoint of the log before the secret was handed over (entry {number}). Let the office hand it over again (deposit make) after it was published.",
    ),
    "deposit-late-token": (
        "您登录所用的令牌或密码（第 {entry} 条记录）在秘密值交出（第 {number} 条）之前尚未在日志中公布，不能确认。请用更早的令牌，或请省安办再交一次（deposit make）。",
        "The token or password that you came by (entry {entry}) did not stand in a published checkpoint of the log before the secret was handed over (entry {number}). Come by an older token, or let the office hand it over again (deposit make).",
    ),
    "deposit-unshown": (
        "  违规：最早事件之前，只有省安办自己说第三方持有秘密值，没有另一机构的账户确认。",
        "  VIOLATION: before the earliest event only the office said that a third party holds the secret; no account of another institution confirmed it.",
    ),
    "deposit-late": (
        "已登记，但晚于最早事件（{earliest}）：{holder} 持有 {name} 的秘密值。仍作为违规显示。",
        "Written down, but after the earliest event ({earliest}): {holder} holds the secret of {name}. It remains a violation.",
    ),
    "deposit-not-needed": (
        "现有密钥文件能打开 {name} 的秘密值，不需要交回。",
        "The present key file opens the secret of {name}; nothing needs to be given back.",
    ),
    "deposit-returned": (
        "{name} 的秘密值已用现有密钥重新加密保存。",
        "The secret of {name} is locked anew with the present key.",
    ),
    "deposit-missing": (
        "  违规：最早事件之前没有第三方确认持有秘密值。",
        "  VIOLATION: no third party had confirmed before the earliest event that it holds the secret.",
    ),
    "handed-secret-other": (
        "不是 {name} 承诺的秘密值：其 SHA-256 与 commitment.json 的 secret 不符。请核对输入。",
        "Not the committed secret of {name}: its SHA-256 is not the `secret` of commitment.json. Check what was typed.",
    ),
    "reveal-handed-early": (
        "{name} 的公布期限（{reveal_by}）未过，保管人不能单独公布。",
        "The day by which {name} is revealed ({reveal_by}) is not over: the holder of the deposit does not reveal alone yet.",
    ),
    "act.deposited": (
        "  {at} 第三方确认持有秘密值（{by}）",
        "  {at} a third party confirmed that it holds the secret ({by})",
    ),
    "act.deposit-said": (
        "  {at} 省安办说第三方持有秘密值（{by}）",
        "  {at} the office says that a third party holds the secret ({by})",
    ),
    "record.act.deposit-said": ("省安办称已寄存", "deposit, as the office says"),
    "record.act.deposited": ("第三方确认寄存", "deposit confirmed"),
    "record.deposit": ("秘密值寄存", "Deposit"),
    "record.deposit-none": (
        "最早事件之前没有第三方确认持有秘密值",
        "no third party had confirmed it before the earliest event",
    ),
    "record.deposit-at": ("第三方于{at}（北京时间）确认持有", "confirmed by a third party at {at} (Beijing time)"),
    "record.deposit-said": (
        "省安办于{at}（北京时间）登记，称第三方持有；没有另一机构的账户确认",
        "the office wrote down at {at} (Beijing time) that a third party holds it; no account of another institution confirmed it",
    ),
    # --- the envelopes
    "deposit.title": ("封存抽取秘密值寄存单", "Deposit of a sealed draw's secret"),
    "deposit.mark": ("【机密】密封保管，到期方可拆封", "[SECRET] Keep sealed; open only when it is due"),
    "deposit.footer": (
        "秘密值寄存单  {name}\t第 {page} 页 共 {pages} 页",
        "Deposit of a secret  {name}\tPage {page} of {pages}",
    ),
    "deposit.copy": ("第 {number} 份（共 {copies} 份，内容相同）", "Copy {number} of {copies}; all say the same"),
    "deposit.of": ("抽取编号", "Draw or round"),
    "deposit.c": ("承诺值 C", "Commitment C"),
    "deposit.secret": ("秘密值", "Secret"),
    "deposit.digest": ("秘密值的 SHA-256", "SHA-256 of the secret"),
    "deposit.reveal-by": ("公布期限", "Reveal by"),
    "deposit.instructions": (
        "密封前，请用下面的命令核对秘密值的 SHA-256 与公布的 commitment.json 中 secret 一栏相同（秘密值连写，不含空格），把摘要告知省安办登记，然后当场密封。{reveal_by} 以前不得拆封。此日（协调世界时）过后省安办仍未公布的，请拆封并公布秘密值，或运行 audit-service {group} reveal {name} --secret 秘密值。",
        "Before you seal it: check by the command below that the secret's SHA-256 is the `secret` of the published commitment.json (type the secret without spaces), tell the office the digest, and seal the envelope at once. Do not open it before {reveal_by} is over. If the office has not revealed by the end of that day (UTC), open it and publish the secret, or run audit-service {group} reveal {name} --secret SECRET.",
    ),
    "deposit.digest-says": (
        "持有秘密值并知道公开号码的人能算出样本，故密封前后不得抄录、拍照。",
        "Whoever has the secret and knows the public numbers can compute the sample: copy or photograph nothing.",
    ),
    "deposit.holder": ("保管人：", "Holder:"),
    "deposit.handed-on": ("交付日期：", "Handed over on:"),
    "deposit.signature": ("签名：", "Signature:"),
    # --- releases
    "help.release": ("向受检市（州）告知其单位。", "Release units to their host city."),
    "help.release.make": (
        "从检查日前 N 天起，把一次抽取在某市（州）的受检单位告知该市（州）。",
        "Let a city know its units of a draw from N days before the visit on.",
    ),
    "help.release.show": ("显示某市（州）今天能看到什么。", "Show what a city sees today."),
    "option.release-city": ("市（州）编码或名称。", "The city, by code or name."),
    "option.release-visit": ("检查的第一天 T。", "The first day of the visit, T."),
    "option.release-days": ("提前几天告知（T − N）。", "How many days before it (T − N)."),
    "release-days": (
        "提前天数为 {found}，应在 0 到 {most} 之间。",
        "The number of days is {found}; expected 0 to {most}.",
    ),
    "release-past": (
        "检查日期 {visit} 已过（今天 {today}）。",
        "The visit, {visit}, lies in the past (today is {today}).",
    ),
    "release-none": ("{draw} 在 {city} 没有受检单位。", "No unit of {city} is inspected in {draw}."),
    "released": (
        "{draw}：{city} 从 {since} 起能看到其 {count} 个受检单位。",
        "{draw}: from {since} on {city} sees its {count} units.",
    ),
    "released-units": ("{draw}：检查从 {visit} 起，{count} 个单位", "{draw}: visit from {visit} on, {count} units"),
    "released-none": ("{city} 目前没有被告知的单位。", "Nothing is released to {city}."),
    # --- packets
    "help.packet": ("抽验组的任务包。", "A team's packets."),
    "help.packet.list": ("列出某人的任务包，不显示其中的单位。", "List somebody's packets without what is in them."),
    "help.packet.open": ("打开任务包；打开一事记录在案。", "Open a packet; that it was opened is recorded."),
    "option.packet-inspector": (
        "人员编号；用账号办理时取账号的。",
        "The person's code; with an account, the account's own.",
    ),
    "inspector-missing": (
        "一家办公室自用时，请用 --inspector 写明是哪位抽验人员（人员编号）。",
        "In one-office mode say which inspector it is, with --inspector CODE.",
    ),
    "packets-none": ("没有任务包。", "There are no packets."),
    "packet-not-yours": (
        "没有您的任务包 {packet}（{draw}）。请核对抽取编号、任务包编号和人员编号。",
        "You have no packet {packet} in {draw}. Check the names of draw and packet, and the person's code.",
    ),
    "packet-opened": ("{round} {packet}：", "{round} {packet}:"),
    # --- days
    "help.log_days.day": (
        "为每个封存的抽取把已过去的各天记入日志；每天定时运行，漏掉的补上。",
        "Log the days that are over, of every sealed draw. Run it each day at the same hour; missed days are caught up.",
    ),
    "help.log_days.openings": (
        "公布之后，逐条打开封存期间发生的事并核对。",
        "After the reveal: open what happened under the seal, item by item, and check it.",
    ),
    "day-written": ("{name}：{day} 已记入日志。", "{name}: {day} is logged."),
    "days-none": ("没有需要记入日志的日子。", "No day needs to be logged."),
    "days-missing": (
        "注意：封存期间有 {count} 天还没有记入日志。请运行 audit-service log day，并设为每天定时运行。",
        "note: {count} days under the seal are not yet logged. Run `audit-service log day`, and have it run each day.",
    ),
    "opened": ("{name}：共 {count} 条，都在日志之中。", "{name}: {count} in all, each of them in the log."),
    "log-batch-wrong": (
        "✗ 第 {place} 条（封存抽取的一天）与所存的批次不符",
        "✗ entry {place} (a day of a sealed draw) is not the batch that is kept",
    ),
    "happening-not-in-batch": (
        "第 {act} 条日志的批次中没有这一条：数据库被改动或损坏。请从备份恢复。",
        "The batch of entry {act} does not hold it: the database was changed or damaged. Restore a backup.",
    ),
    "happening-locked": (
        "封存期间的记录打不开：不是用这个秘密值加密的。请从备份恢复数据库。",
        "What happened under the seal cannot be opened: it was locked with another secret. Restore a backup of the database.",
    ),
    "form.draw-or-round": ("抽取编号，或 抽取编号/轮次", "a draw, or DRAW/N for a round"),
}
