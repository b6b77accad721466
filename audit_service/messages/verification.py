"""Texts of the rules that verification checks, and of its report (docs/protocol.md, section 7)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "file-digest": (
        "{file} 不是承诺时冻结的文件：承诺的摘要为 {committed}，现为 {found}。",
        "{file} is not the file that was committed: committed {committed}, found {found}.",
    ),
    "event-twice": ("{where}中事件 {event} 出现两次。", "{where}: the event {event} occurs twice."),
    "events-weak": (
        "{where} 合计 {found}（百分之一比特），至少需要 {needed}。请增加公开事件或骰子位数。",
        "{where} give {found} hundredths of a bit; at least {needed} are needed. Add public events or dice.",
    ),
    "seal-half": (
        "封存抽取须同时给出秘密值和公布期限（--sealed 与 --reveal-by 须同时使用）。",
        "A sealed draw has both a secret and a date of its reveal (use --sealed and --reveal-by together).",
    ),
    "reveal-by": (
        "公布期限 {found} 不合规定：不得早于最后一个事件的日期 {latest}，也不得晚于其后 {longest} 天。",
        "The reveal date {found} is not allowed: it lies from the date of the latest event, {latest}, to {longest} days after it.",
    ),
    "stratum-unknown": (
        "单位 {unit} 的类别“{stratum}”不在政策中。",
        "The stratum “{stratum}” of unit {unit} is not in the policy.",
    ),
    "excluded-in-frame": ("单位 {unit} 既在抽样框又在排除清单中。", "Unit {unit} is both in the frame and excluded."),
    "teams-twice": (
        "分组规则中 {kind}“{value}”出现两次 {pool}。",
        "In the teams file the {kind} “{value}” occurs twice {pool}.",
    ),
    "stratum-unserved": ("类别“{stratum}”没有对应的人员库。", "No pool inspects the stratum “{stratum}”."),
    "stratum-foreign": (
        "分组规则中的类别“{stratum}”不在政策中。",
        "The teams file names the stratum “{stratum}”, which the policy does not have.",
    ),
    "teams-changed": (
        "{round} 的分组规则与 {earlier} 不同；同一次抽取的各轮须用同一份文件。",
        "The teams file of {round} differs from that of {earlier}; every round of a draw uses the same.",
    ),
    "role-unknown": (
        "人员 {inspector} 的人员库“{pool}”或角色“{role}”不在分组规则中。",
        "The pool “{pool}” or role “{role}” of {inspector} is not in the teams file.",
    ),
    "recusal-not-in-frame": (
        "回避清单中 {inspector} 所回避的单位 {unit} 不在抽样框中。",
        "The recusal of {inspector} names unit {unit}, which is not in the frame.",
    ),
    "round-other-draw": (
        "该轮分组属于抽取“{found}”，应为“{must}”。",
        "The round belongs to draw “{found}”; expected “{must}”.",
    ),
    "round-other-sample": (
        "该轮分组承诺的样本是 {found}，应为 {must}。",
        "The round commits to the sample {found}; expected {must}.",
    ),
    "round-other-number": ("该轮的编号为 {found}，应为 {must}。", "The round's number is {found}; expected {must}."),
    "secret-other": ("秘密值与承诺的（{committed}）不符。", "The secret is not the committed one ({committed})."),
    "public-other-events": (
        "公开值“{found}”不是所承诺事件的值，应为 {expected}。",
        "The public value “{found}” is not of the committed events; expected {expected}.",
    ),
    "public-contradicts": (
        "事件 {event} 在此处的值为“{found}”，别处为“{other}”。",
        "The value of {event} is “{found}” here and “{other}” elsewhere in the bundle.",
    ),
    "public-not-anchored": (
        "公开值“{found}”与锚点的“{anchored}”不符。",
        "The public value “{found}” is not the anchor's, “{anchored}”.",
    ),
    "anchor-missing": ("承诺 {c} 不在锚点之中。", "The commitment {c} is not among the anchors."),
    "seed-other": ("种子为 {found}，按规则应为 {must}。", "The seed is {found}; by the rules it is {must}."),
    "file-differs": (
        "{file} 第{row}行为“{found}”，按规则应为“{must}”。",
        "{file}, row {row} is “{found}”; by the rules it is “{must}”.",
    ),
    "outcome-other": ("按规则该轮的结果文件应为 {must}。", "By the rules the outcome of this round is {must}."),
    "octo41-missing": ("缺少 {file}。", "{file} is missing."),
    "octo41-more": ("{file} 按规则不应存在。", "{file} should not be there by the rules."),
    "substitution-not-inspected": (
        "单位 {unit} 不能在第{batch}批递补：它未被抽中，也不是较早批次的递补单位，或已被替换。",
        "Unit {unit} cannot be substituted in batch {batch}: it is neither selected nor a substitute of an earlier batch, or was replaced before.",
    ),
    "substitution-batches": (
        "递补批次应从1起连续编号，现为 {found}。",
        "Batches of substitutions are numbered from 1 without gaps; found {found}.",
    ),
    "substitution-other": (
        "单位 {unit} 的递补为“{found}”，按规则应为“{must}”。",
        "The substitute of unit {unit} is “{found}”; by the rules it is “{must}”.",
    ),
    "substitution-lost": (
        "较早一轮中第{batch}批对单位 {unit} 的递补在此缺失或不同。",
        "The substitution of unit {unit} in batch {batch} of an earlier round is missing or different here.",
    ),
    "standing-missing": (
        "{inspector} 应保留在任务包 {packet} 的席位（{role}），文件中没有。",
        "{inspector} keeps the seat of {role} on {packet}; the file does not say so.",
    ),
    "standing-more": (
        "{inspector} 不应保留在任务包 {packet} 的席位（{role}）。",
        "{inspector} does not keep the seat of {role} on {packet}; the file says so.",
    ),
    "step.1": ("文件齐全、规范", "files are there and well formed"),
    "step.2": ("承诺在锚点之中", "the commitment is among the anchors"),
    "step.2.none": ("没有提供锚点", "no anchors were given"),
    "step.3": ("冻结文件与承诺一致，符合规则", "frozen files are the committed ones and keep the rules"),
    "step.4": ("秘密值与承诺一致", "the secret is the committed one"),
    "step.5": ("公开值属于承诺的事件", "the public value is of the committed events"),
    "step.6": ("种子正确", "the seed follows"),
    "step.7": ("各地（市州或镇街）数量正确", "the allocation follows"),
    "step.7.round": ("递补、任务包、留任人员正确", "substitutions, packets and standing people follow"),
    "step.8": ("样本正确", "the sample follows"),
    "step.8.round": ("分组结果正确", "the assignment, or that there is none, follows"),
    "step.9": ("通知树根正确", "the notice tree's root follows"),
    "step.10": ("OCTO-41 文件正确", "the OCTO-41 files follow"),
    "part.bundle": ("数据包", "bundle"),
    "verify-line": ("{mark} {step} {part}：{text}", "{mark} {step} {part}: {text}"),
    "verify-why": ("    原因：{why}", "    why: {why}"),
    "verify-stratum": (
        "  类别 {stratum}：比例 {rate}，抽取 {sampled}/{units}",
        "  stratum {stratum}: rate {rate}, sampled {sampled}/{units}",
    ),
    "verify-exclusion": ("  排除（{ground}）：{count} 个单位", "  excluded ({ground}): {count} units"),
    "verify-dice": (
        "  注意：{part} 的种子只由骰子决定，只有见证人能证明其真实。",
        "  note: the seed of {part} comes from dice alone; only the witnesses can vouch for the value.",
    ),
    "verify-fallback": (
        "  注意：{part} 用的是备用事件；请核对原定事件确已取消。",
        "  note: {part} was decided by its fallback events; see that one of the first ones was cancelled.",
    ),
    "verify-unused": (
        "  注意：锚点 {c} 不在此数据包中：可能缺少一轮分组，或属于别的抽取。",
        "  note: the anchor {c} is not in this bundle: a round may be missing, or it is another draw's.",
    ),
    "verify-time-unread": (
        "  注意：时间未能证明：没有核对日志（须有数据包内的证明，以及 --log-key 和 --witness-key）。请将 C 与办公室的公告核对。",
        "  note: time not shown: no log was looked at (that takes the proofs in the bundle, --log-key and --witness-key). Compare C with the office's notice.",
    ),
    "verify-time-unseen": (
        "  注意：时间未能证明：见证人并非在每项承诺的最早事件之前都签过日志（见上）。请将 C 与办公室的公告核对。",
        "  note: time not shown: not of every commitment did the witness sign the log before its earliest event (see above). Compare C with the office's notice.",
    ),
    "verify-verified": ("结论：核验通过（已与锚点核对）。", "Verdict: verified, with anchors."),
    "verify-consistent": (
        "结论：数据包自相一致，但未与锚点核对。伪造者也能做出自相一致的数据包：请用 --anchors 提供公告中的 C 与公开值。",
        "Verdict: consistent, not anchored. A forger can make a whole bundle that agrees with itself: give C and the public value from the office's notice with --anchors.",
    ),
    "verify-refused": ("结论：不予认可（{part} 第{step}步）。", "Verdict: refused ({part}, step {step})."),
    "anchors-line": (
        "锚点文件 {file} 第{line}行“{found}”格式不对，应为：C（64位小写十六进制）、一个空格、公开值。",
        "Anchors file {file}, line {line}: “{found}”; expected C (64 lowercase hexadecimal characters), one space, and the public value.",
    ),
    "replayed": ("{part}：重放得到 {files} 个结果文件", "{part}: {files} result files replayed"),
}
