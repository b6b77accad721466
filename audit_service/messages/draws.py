"""Texts of draws and rounds: what is refused, and how they are shown."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "moment": ("{utc}（北京时间 {local}）", "{utc} ({local} Beijing time)"),
    "policy-unknown": ("没有政策“{policy}”。现有：{known}。", "There is no policy “{policy}”. There are: {known}."),
    "draw-unknown": ("没有抽取“{draw}”。现有：{known}。", "There is no draw “{draw}”. There are: {known}."),
    "round-unknown": ("没有分组轮次“{round}”。", "There is no round “{round}”."),
    "round-form": (
        "“{found}”不是分组轮次的名称，应写作 SC-2026-01/1。",
        "“{found}” is not the name of a round; expected e.g. SC-2026-01/1.",
    ),
    "unit-not-in-draw": (
        "单位 {unit} 不在抽取 {draw} 的抽样框中，也不在排除清单中。",
        "Unit {unit} is neither in the frame of draw {draw} nor among its exclusions.",
    ),
    "campaign-form": (
        "批次名“{campaign}”不能用：抽取将命名为“{draw}”，只能含字母、数字、_、-，至多64个字符。",
        "The campaign name “{campaign}” cannot be used: the draw would be named “{draw}”; only letters, digits, _ and -, at most 64 characters.",
    ),
    "draw-name-register": (
        "抽取编号 {draw} 已是一份隐患台账的名称，两者的问题会混在一起。请另起批次名称再固化。",
        "The draw would be named {draw}, as a register of hazards is: their findings would be taken for each other's. Give the campaign another name and freeze again.",
    ),
    "campaign-twin": (
        "批次“{campaign}”与已有批次“{other}”只有大小写不同。",
        "The campaign “{campaign}” differs from “{other}” by case alone.",
    ),
    "campaign-other-policy": (
        "批次 {campaign} 适用政策 {policy}，不能改用 {found}。",
        "The campaign {campaign} runs under the policy {policy}, not under {found}.",
    ),
    "campaign-other-prefix": (
        "批次 {campaign} 的抽取以“{draw}”的方式命名，政策文件现在的前缀是“{prefix}”。一个批次只用一个前缀：新前缀从下一批次起用，本批次请用原前缀（draw_prefix）。",
        "The draws of campaign {campaign} are named like “{draw}”; the prefix of the policy file is “{prefix}” now. A campaign has one prefix: the new one begins with the next campaign; for this one use the old draw_prefix.",
    ),
    "campaign-live": (
        "批次 {campaign} 已有有效的抽取 {other}。一个批次只能有一个有效抽取：须先在事件发生前撤回它，或在公布结果后依规作废。",
        "The campaign {campaign} has a live draw already, {other}. It must first be withdrawn (before its events) or set aside (after its result is published).",
    ),
    "unit-in-two-strata": (
        "单位 {unit} 同时属于类别 {strata}；一个单位只能属于一个类别。",
        "Unit {unit} belongs to the strata {strata}; a unit belongs to one.",
    ),
    "frame-empty": (
        "名录库中没有政策 {policy} 可抽取的单位。请先用 import units 导入单位。",
        "The roster has no unit that can be drawn under the policy {policy}. Import units first.",
    ),
    "people-none": (
        "名录库中没有政策 {policy} 可派出的人员。请先用 import people 导入人员。",
        "The roster has nobody whom the policy {policy} gives a seat. Import people first.",
    ),
    "people-not-seated": (
        "名录库中的人员都不是政策 {policy} 派出的。名录中的人员类别（人数）：{found}；政策派出的人员类别：{expected}。人员类别须与政策文件用词完全一致，政策还可要求“可任组长”和所属市(州)。请改正名录或政策文件。",
        "The policy {policy} gives nobody on the roster a seat. 人员类别 on the roster (people): {found}; those that the policy seats: {expected}. They have to be the same words, and the policy may ask for 可任组长 and a city besides. Correct the roster or the policy.",
    ),
    "people-away": (
        "政策 {policy} 可派出的 {count} 人在检查期间都不能参加。请改检查日期（--inspect-from、--inspect-to），或更正人员的可参加时间。",
        "All {count} people whom the policy {policy} gives a seat are away on the days of inspection. Choose other days (--inspect-from, --inspect-to), or correct when they are available.",
    ),
    "event-form": (
        "事件“{found}”写法不对。应为 来源:事件[:位数]@时间，来源为 {sources} 之一，例如 ssq:2027030@2027-03-16T13:15:00Z 或 d10:meeting:20@2027-03-16T01:00:00Z。",
        "The event “{found}” is not well formed. Expected SOURCE:EVENT[:DIGITS]@TIME with a source of {sources}, e.g. ssq:2027030@2027-03-16T13:15:00Z or d10:meeting:20@2027-03-16T01:00:00Z.",
    ),
    "event-past": (
        "事件 {event} 的时间 {time} 已过（现在是 {now}）。只能承诺尚未发生的事件。",
        "The time of {event}, {time}, is past (it is {now}). Only events that have not happened can be committed to.",
    ),
    "event-known": (
        "事件 {event} 的结果可能已为人所知：{name} 以它为事件，时间 {time} 已过。请另选尚未发生的事件（再次掷骰须另取名称）。",
        "The value of {event} may be known: it is an event of {name}, whose time, {time}, is past. Name another event that has not happened (another throw of dice by a name of its own).",
    ),
    "event-far": (
        "事件 {event} 的时间 {time} 在十年以后。请核对年份。",
        "The time of {event}, {time}, is more than ten years ahead. Check the year.",
    ),
    "round-must-be-sealed": (
        "{name} 已封存、尚未公布，且已有分组：公布之前，其后的各轮也须封存（--sealed --reveal-by），否则会泄露谁在哪个任务包。",
        "{name} is sealed, not yet revealed, and there are teams: until its reveal further rounds must be sealed too (--sealed --reveal-by), or they would tell who is on which packet.",
    ),
    "event-ahead": (
        "事件 {event} 要到 {time} 才发生，现在不能抽取。",
        "The event {event} happens at {time}; the draw cannot be carried out before.",
    ),
    "commit-twice": (
        "抽取 {name} 已承诺过（状态：{state}）。如需另行抽取，请重新冻结抽样框。",
        "The draw {name} has been committed already (state: {state}). For another draw, freeze the frame again.",
    ),
    "commit-out-of-order": (
        "{other} 已承诺过，编号在它之前的 {name} 不能再承诺。请重新冻结抽样框，承诺新的抽取。",
        "{other} has been committed; {name}, whose number is lower, can no longer be. Freeze the frame again and commit the new draw.",
    ),
    "round-before-sample": (
        "事件 {event}（{time}）可能早于抽取 {name} 的最后一个事件（{latest}）：样本未抽出，分组不能进行。请另选不早于它的事件，或与样本的事件完全相同的事件。",
        "The event {event} ({time}) may happen before the last event of {name} ({latest}): no round can be carried out before its sample. Name an event that is not earlier, or one of the sample's, for the same time.",
    ),
    "round-pending": (
        "分组轮次 {round} 已承诺、尚未抽取。须先完成或在事件发生前撤回它。",
        "The round {round} is committed and not carried out yet. Carry it out, or withdraw it before its events.",
    ),
    "replaces-other": (
        "--replaces 为“{found}”，应为“{expected}”：替代被作废抽取的新抽取须写明它，其他抽取不写。",
        "--replaces is “{found}”; expected “{expected}”: the successor of a draw set aside names it, and no other draw does.",
    ),
    "replaces-same-event": (
        "事件 {event} 已用于被作废的抽取 {draw}。新抽取须有自己的事件。",
        "The event {event} was named by {draw}, which was set aside. Its successor has events of its own.",
    ),
    "public-disagrees": (
        "事件 {event} 的值“{found}”与 {other} 中的“{known}”不同。一个事件只有一个值，请核对。",
        "The value of {event}, “{found}”, differs from “{known}” in {other}. An event has one value; check which is right.",
    ),
    "withdraw-late": (
        "{name} 的最早事件时间 {earliest} 已过，不能再撤回；已承诺的抽取必须完成。",
        "The earliest event of {name}, {earliest}, is past: it cannot be withdrawn any more and must be carried out.",
    ),
    "reveal-open": (
        "{name} 是公开抽取，没有需要公布的秘密值。",
        "{name} is an open draw; there is no secret to reveal.",
    ),
    "reveal-twice": ("{name} 已经公布。", "{name} has been revealed already."),
    "sealed": (
        "{name} 是封存抽取，公布前（期限 {reveal_by}）不对外提供结果。请先用 reveal 公布。",
        "{name} is sealed: nothing of it is handed out before its reveal (by {reveal_by}). Use reveal first.",
    ),
    "ground-unknown": (
        "“{ground}”不是政策规定的作废理由。可用：{known}。",
        "“{ground}” is not a ground of the policy for setting a draw aside. There are: {known}.",
    ),
    "reason-empty": ("请写明理由。", "Give a reason."),
    "document-empty": ("请写明依据的文件（文号或名称）。", "Name the document that shows it."),
    "state-frozen": (
        "{name} 只冻结了抽样框，尚未承诺。请先用 commit 承诺。",
        "{name} is frozen and not committed yet. Commit it first.",
    ),
    "state-committed": (
        "{name} 已承诺、尚未抽取。请在事件发生后用 run 抽取。",
        "{name} is committed and not carried out yet. Run it after its events.",
    ),
    "state-drawn": ("{name} 已经抽取，结果不可更改。", "{name} has been carried out; its result cannot be changed."),
    "state-infeasible": (
        "{name} 已抽取，结论是无法分组。请补充人员后承诺下一轮。",
        "{name} was carried out and is infeasible. Add people and commit the next round.",
    ),
    "state-withdrawn": ("{name} 已撤回。", "{name} was withdrawn."),
    "state-set-aside": ("{name} 已作废。", "{name} was set aside."),
    "state.frozen": ("已冻结", "frozen"),
    "state.committed": ("已承诺", "committed"),
    "state.drawn": ("已抽取", "carried out"),
    "state.infeasible": ("无法分组", "infeasible"),
    "state.withdrawn": ("已撤回", "withdrawn"),
    "state.set-aside": ("已作废", "set aside"),
    "where.events": ("公开事件", "the events"),
    "where.fallback": ("备用事件", "the fallback events"),
    "overdue-result": (
        "  违规：最后一个事件后24小时仍无结果。",
        "  VIOLATION: no result 24 hours after the last event.",
    ),
    "overdue-reveal": ("  违规：没有在公布期限内公布。", "  VIOLATION: not revealed in time."),
    "act.committed": ("  {at} 承诺（{by}）", "  {at} committed ({by})"),
    "act.run": ("  {at} 抽取（{by}）", "  {at} carried out ({by})"),
    "act.withdrawn": ("  {at} 撤回（{by}）", "  {at} withdrawn ({by})"),
    "act.revealed": ("  {at} 公布（{by}）", "  {at} revealed ({by})"),
    "act.set-aside": ("  {at} 作废（{by}）", "  {at} set aside ({by})"),
    "act-reason": ("    理由：{why}", "    reason: {why}"),
    "corrected": (
        "  更正 {name} 的公开值：误为 {wrong}，应为 {right}",
        "  corrected {name}: was typed {wrong}, is {right}",
    ),
    "corrected-alone": (
        "  单机构方式：没有第二人确认这次更正。",
        "  one office: no second person confirmed this correction.",
    ),
    "corrected-document": ("    依据：{document}", "    document: {document}"),
    "correct-same": (
        "公开值“{public}”与已记录的相同，无需更正。",
        "The public value “{public}” is the recorded one; there is nothing to correct.",
    ),
    "correct-late": (
        "{name} 的公开值不能再更正：此后已据以办事，如递补、通知、告知、开启任务包、检查或又一轮抽派（启封前不说明是哪一项）。请依政策规定的理由作废后重新抽取。",
        "The value of {name} cannot be corrected any more: since then something was done on the strength of it, such as a substitution, a notice, a release, a packet opened, a visit, or another round (before a reveal it is not told which). Set the draw aside on a ground of the policy.",
    ),
    "demo-mark": ("【演示】用演示时钟做成，不是真实抽取。", "[DEMO] Made under a demo clock; not a real draw."),
    "one-office-mark": (
        "【单机构模式】其中有未用账户办理的环节，这些环节无第二人确认。",
        "[ONE OFFICE] Done without accounts, in whole or in part: of that no second person confirmed anything.",
    ),
    "sealed-mark": (
        "【封存】公布期限 {reveal_by} 之前，以下内容不得外传。",
        "[SEALED] Not to be passed on before the reveal (by {reveal_by}).",
    ),
    "trial-mark": ("【试算】", "[TRIAL] "),
    "trial-head": (
        "仅供了解可行性，不产生任何结果，不能通过核验。",
        "To look at feasibility only; it decides nothing and never verifies.",
    ),
    "trial-stratum": ("{stratum}：抽取 {sampled}", "{stratum}: {sampled} sampled"),
    "trial-feasible": (
        "按现有人员可以分组：{packets} 个任务包，{seats} 个席位。",
        "Teams can be found with today's people: {packets} packets, {seats} seats.",
    ),
    "frozen": (
        "已冻结抽样框 {draw}：可抽取单位 {units} 个，排除 {excluded} 个。",
        "Frozen as {draw}: {units} units can be drawn, {excluded} are excluded.",
    ),
    "frozen-out": ("公示文件已写入 {folder}。", "The files to publish for objections are in {folder}."),
    "frozen-next": (
        "下一步：公示无异议后，audit-service draw commit {draw} --event …",
        "Next: when no objection remains, audit-service draw commit {draw} --event …",
    ),
    "committed": ("已承诺 {name}。请立即公布 C：", "{name} is committed. Publish C now:"),
    "committed-events": ("  公开事件 {event}，{time}", "  public event {event}, {time}"),
    "committed-fallback": ("  备用事件 {event}，{time}", "  fallback event {event}, {time}"),
    "committed-sealed": ("  封存抽取，{reveal_by} 前公布", "  sealed, to be revealed by {reveal_by}"),
    "committed-out": ("  承诺文件已写入 {file}，请一并公布。", "  The commitment is in {file}; publish it too."),
    "committed-next": (
        "  事件发生后：audit-service {command} run {name} --public …",
        "  After the events: audit-service {command} run {name} --public …",
    ),
    "dice-alone": (
        "  注意：只由骰子决定，只有见证人能证明其真实。",
        "  Note: decided by dice alone; only the witnesses can vouch for the value.",
    ),
    "fallback-used": (
        "  注意：用的是备用事件；原定事件应确已取消，请核对取消公告。",
        "  Note: the fallback events were used; see for yourself that one of the first ones was cancelled.",
    ),
    "fallback-document": ("  取消的依据：{document}", "  cancelled by: {document}"),
    "fallback-undocumented": (
        "公开值是备用事件的：请用 --document 写明原定事件已取消的依据（如彩票机构的公告）。",
        "The value is of the fallback events. Name with --document what shows that one of the first ones was cancelled, such as the lottery's notice.",
    ),
    "fallback-not-used": (
        "公开值是原定事件的，没有用备用事件：请去掉 --document。",
        "The value is of the first events; no fallback is used. Leave --document out.",
    ),
    "draw-head": ("抽取 {draw}：{state}", "Draw {draw}: {state}"),
    "draws-none": ("还没有抽取。", "There are no draws yet."),
    "rounds-none": ("{draw} 还没有分组轮次。", "{draw} has no rounds yet."),
    "withdrawn": ("已撤回 {name}。", "{name} is withdrawn."),
    "revealed": ("已公布 {name}，秘密值 {secret}。", "{name} is revealed; its secret is {secret}."),
    "set-aside": ("已作废 {name}。", "{name} is set aside."),
    "substituted": ("第{batch}批递补：{unit} → {substitute}", "Substitution, batch {batch}: {unit} → {substitute}"),
    "notices-root": (
        "通知树根（应立即公布，封存抽取也应公布）\n  {root}",
        "Root of the notice tree (publish it at once, of a sealed draw too)\n  {root}",
    ),
    "sampled-by-city": ("各{where}抽取数", "Sampled by {where}"),
    "sampled-units": ("抽中单位 {count} 个", "{count} units sampled"),
    "column.stratum": ("类别", "stratum"),
    "column.listed": ("在册", "listed"),
    "column.excluded": ("排除", "excluded"),
    "column.units": ("可抽取", "units"),
    "column.rate": ("比例", "rate"),
    "column.sampled": ("抽取", "sampled"),
    "column.city": ("{where}", "{where}"),
    "column.packets": ("任务包数", "packets"),
    "column.people": ("人数", "people"),
    "explain-excluded": (
        "{unit} {name} 不参加抽取，理由：{ground}。",
        "{unit} {name} could not be drawn; ground: {ground}.",
    ),
    "explain-selected": (
        "{unit} {name} 被抽中：在“{stratum_label}”{city} 的 {cell_units} 个单位中排第 {position}，前 {cell_sampled} 个抽中。",
        "{unit} {name} was drawn: it stands at position {position} of the {cell_units} units of “{stratum_label}” in {city}, of which the first {cell_sampled} are drawn.",
    ),
    "explain-reserve": (
        "{unit} {name} 没有被抽中：在“{stratum_label}”{city} 的 {cell_units} 个单位中排第 {position}，只抽前 {cell_sampled} 个。",
        "{unit} {name} was not drawn: it stands at position {position} of the {cell_units} units of “{stratum_label}” in {city}, of which only the first {cell_sampled} are drawn.",
    ),
    "explain-ticket": (
        "签号 {ticket}\n  核对：printf '%s' '{unit}/{seed}' | od -An -v -tx1 | tr -d ' \\n' | sha256sum",
        "Its ticket is {ticket}\n  check: printf '%s' '{unit}/{seed}' | od -An -v -tx1 | tr -d ' \\n' | sha256sum",
    ),
    "explain-threshold": (
        "同{where}抽中单位的最小签号为 {lowest}，签号须不小于它才会抽中。",
        "The lowest ticket drawn in its {where} is {lowest}; a ticket below it is not drawn.",
    ),
    "explain-line": (
        "该类别共 {units} 个单位，比例 {rate_bp} 基点，抽 {sampled} 个（向上取整）。起点 u = {start}，由 {start_ticket} 的签号除以 {units} 取余得到\n  核对：printf '%s' '{start_ticket}/{seed}' | od -An -v -tx1 | tr -d ' \\n' | sha256sum",
        "The stratum has {units} units; at {rate_bp} basis points {sampled} are drawn (rounded up). The start u = {start} is the ticket of {start_ticket} modulo {units}\n  check: printf '%s' '{start_ticket}/{seed}' | od -An -v -tx1 | tr -d ' \\n' | sha256sum",
    ),
    "explain-cities": (
        "各{where}的随机次序及单位数：{cities}（次序按 city:{stratum}:编码 的签号从大到小）",
        "Each {where} in the random order, with its units: {cities} (highest ticket of city:{stratum}:CODE first)",
    ),
    "explain-substituted": (
        "此后递补：{unit} → {substitute}（第{batch}批）",
        "Since then: {unit} → {substitute} (substitution batch {batch})",
    ),
    "explain-share": (
        "按随机次序，排在本{where}之前的单位有 {before} 个，故本{where}抽 ({after}×{sampled}+{start}) div {units} − ({before}×{sampled}+{start}) div {units} = {high} − {low} = {cell_sampled} 个。",
        "In that order {before} units stand before this {where}, so it gets ({after}×{sampled}+{start}) div {units} − ({before}×{sampled}+{start}) div {units} = {high} − {low} = {cell_sampled}.",
    ),
    "explain-city": (
        "比例按{where}计算：({rate_bp}×{cell_units}+9999) div 10000 = {cell_sampled} 个。",
        "The rate holds in each {where}: ({rate_bp}×{cell_units}+9999) div 10000 = {cell_sampled}.",
    ),
    "round-head": ("分组 {name}", "Teams of {name}"),
    "round-circuit": ("  线路：{cities}", "  circuit: {cities}"),
    "person-left": ("（已不在名单）", "(no longer on the roster)"),
    "round-infeasible": (
        "{name} 无法分组。样本不变；请补充其他{where}的人员或核减回避后，承诺下一轮。",
        "{name} is infeasible. The sample stands; add people from another {where} or drop recusals, and commit the next round.",
    ),
    "stuck": (
        "无法分组：{pool}的{role}不足，怎样调配都有 {seats} 个席位空缺。下列任务包空缺的席位多于所有人能承担的：{packets}",
        "Infeasible: not enough people of {pool} as {role}; however they are moved, {seats} seats stay open. These packets have more open seats than all people together can take: {packets}",
    ),
    "stuck-untried": (
        "{pool}的{role}本轮没有试排，但也不足：怎样调配都有 {seats} 个席位空缺。任务包：{packets}",
        "Not tried in this round, but missing too: {pool} as {role}; however they are moved, {seats} seats stay open. Packets: {packets}",
    ),
    "stuck-packet": ("  {packet}：待定席位 {seats} 个，单位 {units}", "  {packet}: {seats} open seats; units {units}"),
    "stuck-home": ("    本{where}不能派：{city} {count} 人", "    at home in that {where}: {count} people of {city}"),
    "stuck-recusal": ("    回避：{person} 回避 {unit}", "    recused: {person} from {unit}"),
    "stuck-help": (
        "  可行的办法：再请 {people} 名{role}（{pool}，任务包数不限），来自没有此类任务包的{where}{cities}；或增加任务包数上限、核减回避后再作一轮。",
        "  What would do: {people} more people as {role} ({pool}), without a limit of packets, from a {where} in which this pool inspects nothing{cities}; or higher limits or fewer recusals in another round.",
    ),
    "stuck-cities": ("，或来自以下任一{where}：{cities}", ", or all from one {where} of: {cities}"),
}
