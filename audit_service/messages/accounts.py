"""Texts of accounts, rights, and what waits for a second person."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "role.province": ("省安办", "provincial office"),
    "role.second-officer": ("第二经办人", "second officer"),
    "role.inspector": ("抽验人员", "inspector"),
    "role.city": ("市（州）", "city"),
    "role.auditor": ("审计", "auditor"),
    "role.administrator": ("系统管理员", "administrator"),
    "account-form": (
        "账户名“{found}”不能用：应以字母或数字开头，只含字母、数字、“_”、“-”，不超过 64 个字符。账户属于岗位，请用岗位命名，例如 sc-office-1。",
        "The account name “{found}” cannot be used: it begins with a letter or digit and holds letters, digits, “_” and “-” alone, at most 64. "
        "An account belongs to a post: name it after the post, such as sc-office-1.",
    ),
    "account-twin": (
        "账户“{name}”与已有账户“{other}”相同（只差大小写也算）。请另取名称；岗位换人请用 user hand-over。",
        "The account “{name}” is, but for case perhaps, the account “{other}”. Take another name; when a post changes hands, use user hand-over.",
    ),
    "account-unknown": (
        "没有在用的账户“{name}”。用 user list 查看。",
        "There is no account “{name}” in use. See user list.",
    ),
    "account-city": (
        "市（州）账户要用 --city 指明哪个市（州），其他账户不能指明（{role}）。",
        "A city's account names its city (--city), no other account does (this one: {role}).",
    ),
    "account-inspector": (
        "抽验人员账户要用 --inspector 指明人员编号，其他账户不能指明（{role}）。",
        "An inspector's account names the inspector's code (--inspector), no other account does (this one: {role}).",
    ),
    "account-inspector-unknown": (
        "现行人员名单中没有 {inspector}。请核对人员编号，或先用 import people 导入名单，再设账户。",
        "{inspector} is not on the roster of people now. Check the code, or import the roster first (import people), and then make the account.",
    ),
    "holder-empty": ("没有写明接手岗位的人。", "Nobody is named who takes the post over."),
    "administrator-last": (
        "“{name}”是最后一个还能登录的系统管理员，停用或交接后无人能再设账户。请先设另一个有令牌或密码的管理员；交接也可用命令 user hand-over --token，同时发给新令牌。",
        "“{name}” is the last administrator who could get in: nobody could make accounts any more. Appoint another one first, with a token or password; or hand the post over by the command user hand-over --token, which issues a new token with it.",
    ),
    "account-added": ("已设账户 {name}（{role}）。", "The account {name} was made ({role})."),
    "account-handed-over": (
        "岗位 {name}（{role}）已交接。原有密码、令牌和登录一律失效。",
        "The post {name} ({role}) was handed over. Its passwords, tokens and sessions of before open nothing any more.",
    ),
    "account-dismissed": (
        "账户 {name}（{role}）已停用，登记保留。",
        "The account {name} ({role}) opens nothing any more; it stays on record.",
    ),
    "account-line": ("{name}  {role}（{institution}）{where}{state}", "{name}  {role} ({institution}){where}{state}"),
    "accounts-none": (
        "还没有账户：单机构模式，每一步都记为无第二人确认。用 user add 设账户。",
        "There are no accounts: one-office mode, in which nobody confirms what another does. Make accounts by user add.",
    ),
    "password-length": (
        "密码应为 {least} 至 {most} 个字符。长度最要紧，几个词连起来就好。",
        "A password has {least} to {most} characters. Length is what counts: several words make a good one.",
    ),
    "password-set": ("账户 {name} 的密码已设。", "The password of {name} was set."),
    "token-once": (
        "令牌只显示这一次，请立即妥善保存（环境变量 AUDIT_TOKEN 或请求头 Authorization: Bearer）：",
        "The token is shown this once. Keep it safe now (environment variable AUDIT_TOKEN, or the header Authorization: Bearer):",
    ),
    "token-needed": (
        "需要表明身份：请设环境变量 AUDIT_TOKEN，或在请求头中给出 Authorization: Bearer 令牌。",
        "Somebody must act: set the environment variable AUDIT_TOKEN, or send a token in the header Authorization: Bearer.",
    ),
    "token-unknown": (
        "令牌无效：不存在、已撤销或已过期。请向系统管理员另取。",
        "The token shows nobody: there is none such, or it was revoked, or it has expired. Ask an administrator for another.",
    ),
    "token-none": ("没有令牌“{token}”。用 token list 查看。", "There is no token “{token}”. See token list."),
    "token-until": ("令牌的有效期应在 1 至 {most} 天之间。", "A token lasts from 1 to {most} days."),
    "token-scopes": (
        "令牌权限“{found}”不认识。可用：{known}。",
        "Not scopes of a token: {found}. There are: {known}.",
    ),
    "token-revoked": ("已撤销", "revoked"),
    "token-is-revoked": ("令牌 {token} 已撤销。", "The token {token} was revoked."),
    "right-missing": (
        "岗位“{role}”无权做这件事（需要 {right}）。请由有此权限的岗位办理。",
        "A post of the role {role} may not do this (it needs {right}). Have it done by a post that may.",
    ),
    "scope-missing": (
        "这个令牌的权限不够：需要 {scope}。请另取令牌。",
        "This token is not for this: it lacks the scope {scope}. Ask for another one.",
    ),
    "by-with-token": (
        "--by“{by}”与令牌的账户“{account}”不同。有账户时由令牌表明是谁，请去掉 --by。",
        "--by “{by}” is not the account “{account}” of the token. Where there are accounts, the token tells who acts: leave --by out.",
    ),
    "sign-in-failed": (
        "账户名或密码不对，或尝试次数过多而暂时锁定。请核对后重试，仍不行请 15 分钟后再试或找系统管理员。",
        "Name or password is wrong, or there were too many attempts. Check both; if that does not help, try again in 15 minutes or ask an administrator.",
    ),
    "request-waits": (
        "这件事（{action}）须由另一机构的第二人确认。申请号 {number}，已登记，等待确认（request confirm {number}）。",
        "This ({action}) waits for a second person of another institution. It is request {number} (request confirm {number}).",
    ),
    "request-twice": (
        "同样的申请（{number} 号）正在等待确认。",
        "The same was asked for already: request {number} waits for an answer.",
    ),
    "request-unknown": (
        "没有 {number} 号申请。用 request list 查看。",
        "There is no request {number}. See request list.",
    ),
    "request-ended": ("{number} 号申请已有答复。", "Request {number} was answered already."),
    "request-own-institution": (
        "不能确认本机构（{institution}）自己的申请：须由另一机构的人确认。",
        "Nobody confirms what their own institution ({institution}) asked for: somebody of another one must.",
    ),
    "request-late-appointment": (
        "您的任命（第 {entry} 条记录）在 {number} 号申请之前尚未在日志中公布，不能确认这个申请。任命公布之后提出的申请才能确认；这一个可以驳回，请对方重新提出。",
        "Your appointment (entry {entry}) did not stand in a published checkpoint of the log before request {number} was made, so you cannot "
        "confirm it. You can confirm what is asked for after your appointment was published; decline this one, and let it be asked for again.",
    ),
    "request-asker-dismissed": (
        "第{number}号申请的提出人“{account}”已撤销岗位，不能再确认。请予驳回，由在岗人员重新提出。",
        "The post “{account}” that made request {number} was given up: it can no longer be confirmed. Decline it, and let somebody in office ask anew.",
    ),
    "request-late-token": (
        "您登录所用的令牌或密码（第 {entry} 条记录）在 {number} 号申请之前尚未在日志中公布，不能确认这个申请。请用更早的令牌；没有的，可以驳回，请对方重新提出。",
        "The token or password that you came by (entry {entry}) did not stand in a published checkpoint of the log before request {number} was "
        "made, so you cannot confirm it. Come by an older token; if you have none, decline it, and let it be asked for again.",
    ),
    "token-unrecorded": (
        "日志中没有“{name}”所用令牌或密码的记录：它不是通过本系统发出的，不能用来答复申请。请系统管理员另发令牌，并查明来历。",
        "No entry of the log tells of the token or password that “{name}” came by: it was not given out by this program, and answers no "
        "request. Have a token issued, and find out where this one came from.",
    ),
    "request-confirmed": (
        "{number} 号申请已确认：{action} {name}，已办理。",
        "Request {number} is confirmed and done: {action}, {name}.",
    ),
    "request-declined": ("{number} 号申请已驳回。", "Request {number} is declined."),
    "request-line": (
        "{number}  {asked}  {name}（{institution}）  {state}",
        "{number}  {asked}  {name} ({institution})  {state}",
    ),
    "request-state.waiting": ("等待确认", "waits"),
    "request-state.confirmed": ("已确认", "confirmed"),
    "request-state.declined": ("已驳回", "declined"),
    "asked.set-aside": ("作废抽取", "set aside"),
    "asked.substitute": ("递补", "substitute"),
    "asked.correct": ("更正公开值", "correct a public value"),
    "asked.reveal": ("提前揭示", "reveal early"),
    "help.user": ("账户：任命、交接、停用。", "Accounts: appoint, hand over, dismiss."),
    "help.user.add": ("为岗位设账户。", "Make an account for a post."),
    "help.user.list": ("列出账户。", "List the accounts."),
    "help.user.hand-over": (
        "岗位交接：换人，旧密码、旧令牌失效。",
        "Hand a post over: what opened it before opens nothing any more.",
    ),
    "help.user.dismiss": ("停用账户，登记保留。", "Give a post up; its account stays on record."),
    "help.user.password": ("设账户密码。", "Set an account's password."),
    "help.token": (
        "令牌：程序与命令行以此表明是哪个账户。",
        "Tokens, by which programs and the command line show whose account acts.",
    ),
    "help.token.issue": ("发令牌，只显示一次。", "Issue a token; it is shown once."),
    "help.token.list": ("列出令牌。", "List tokens."),
    "help.token.revoke": ("撤销令牌。", "Revoke a token."),
    "help.request": ("须由第二人确认的申请。", "What waits for a second person."),
    "help.request.list": ("列出申请。", "List requests."),
    "help.request.confirm": (
        "确认另一机构的申请，随即办理。",
        "Confirm what another institution asked for; it is done at once.",
    ),
    "help.request.decline": ("驳回申请，写明理由。", "Decline a request, with a reason."),
    "option.role": ("岗位的角色。", "The post's role."),
    "option.account-city": (
        "市（州）账户属于哪个市（州）：名称或代码。",
        "The city of a city's account, by name or code.",
    ),
    "option.account-inspector": ("抽验人员账户的人员编号。", "The code of an inspector's account."),
    "option.institution": (
        "岗位所属机构；不写则用该角色的通称。",
        "The post's institution; without it the usual one of the role.",
    ),
    "option.with-token": ("同时发一个令牌，只显示一次。", "Issue a token too; it is shown once."),
    "option.holder": ("接手岗位的人。", "Who takes the post over."),
    "option.password": ("新密码（不写则提示输入）。", "The new password; asked for if it is not given."),
    "option.stolen": (
        "令牌曾被他人取得：用它发出的令牌、用它设置的密码一并失效。",
        "It was in the wrong hands: the tokens that it issued and the password that it set end with it.",
    ),
    "option.label": ("令牌的用途。", "What the token is for."),
    "option.read-only": ("只能查看，不能办理。", "For looking only."),
    "option.days": ("有效天数。", "Days for which it is good."),
}
