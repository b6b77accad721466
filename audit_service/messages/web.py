"""Texts of the web: what a request was refused for before it came to the business."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "http-400": (
        "请求的写法不对。请对照接口说明（/api/docs）。",
        "The request is not well formed. See the API's pages (/api/docs).",
    ),
    "http-404": (
        "没有这个地址。接口说明在 /api/docs。",
        "There is nothing at this address. The API's pages are at /api/docs.",
    ),
    "http-405": (
        "这个地址不接受这种方法，可用的方法见 Allow。",
        "This address does not take this method; see the header Allow.",
    ),
    "http-406": ("给不出所要的格式。", "The answer cannot be given in the format that was asked for."),
    "http-411": ("请求没有写明长度（Content-Length）。", "The request does not say its length (Content-Length)."),
    "http-412": (
        "要修改的内容已被他人改动（If-Match 不符）。请重新读取，核对后再提交。",
        "What was to be changed is not as it was when it was read (If-Match). Read it again, and send the change anew.",
    ),
    "http-413": ("请求太大。请分成几次上传。", "The request is too large. Send it in parts."),
    "http-415": (
        "请求的内容类型不对，见接口说明。",
        "The content type of the request is not the one that is taken here; see the API's pages.",
    ),
    "http-422": ("请求的内容不对，每处见 errors。", "The content of the request is not right; `errors` says where."),
    "http-429": ("请求太多，请稍后再试（见 Retry-After）。", "Too many requests; try again later (see Retry-After)."),
    "too-many": (
        "做得太多或错得太多，请在 {seconds} 秒后再试。",
        "That was done, or went wrong, too often. Try again in {seconds} seconds.",
    ),
    "http-431": ("请求头太大。", "The headers of the request are too large."),
    "http-500": (
        "服务出了意外，没有办成。请凭请求编号（X-Request-ID）联系系统管理员。",
        "The service failed in a way that nobody foresaw; it was not done. Tell an administrator the request's number (X-Request-ID).",
    ),
    "http-503": (
        "服务本身（数据库、磁盘或密钥等）出了故障，不是您的请求有误：没有办成，什么也没有改变。请稍后重试；一直如此的，请告知系统管理员（X-Request-ID）。",
        "The service itself failed (its database, a disk, a key), not your request: it was not done, and nothing was changed. Try again in a while; "
        "if it goes on, tell an administrator (X-Request-ID).",
    ),
    "http-no-pdf": (
        "服务上没有中文字体，现在不能制作 PDF；Word 文件可以照常制作。请告知系统管理员（X-Request-ID）。",
        "The service has no Chinese font and sets no PDF now; Word files are made as before. Tell an administrator (X-Request-ID).",
    ),
    "http-unsure": (
        "保存时与数据库的连接中断：要么全部保存了，要么一点也没有，现在不知道。请先查看，没有保存的再重做（或带同一个 Idempotency-Key 重发）。",
        "The connection to the database was lost while it was saving: all of it was kept, or nothing; which, is not known. Look first, and do it "
        "again only if nothing was kept (or send it again with the same Idempotency-Key).",
    ),
    "other-site": (
        "这个请求不是从本服务的页面发出的，已拒绝。",
        "This request does not come from a page of this service, and was refused.",
    ),
    "key-form": (
        "Idempotency-Key 应为不超过 {most} 个可见字符。",
        "An Idempotency-Key has at most {most} printable characters.",
    ),
    "key-reused": (
        "这个 Idempotency-Key 已用于另一个请求。请换一个。",
        "This Idempotency-Key was used for another request. Take a new one.",
    ),
    "upload-count": (
        "一次应上传 1 至 {most} 个文件（字段 files），收到 {found} 个。",
        "Between 1 and {most} files are uploaded at once (field `files`); there were {found}.",
    ),
    "upload-names": (
        "上传的文件中有同名的。请改名后再上传。",
        "Two of the uploaded files have one name. Rename one of them.",
    ),
    "unit-not-known": (
        "名单中没有单位 {unit}，或不属于您。",
        "There is no unit {unit} on the roster, or it is not yours to see.",
    ),
    "person-not-known": (
        "名单中没有人员 {inspector}，或不属于您。",
        "There is no inspector {inspector} on the roster, or it is not yours to see.",
    ),
    "file-not-known": (
        "没有“{name}”这个冻结文件。有：{known}。",
        "There is no frozen file “{name}”. There are: {known}.",
    ),
    "session-none": (
        "您用的是令牌，没有登录可以退出；要作废令牌请撤销它。",
        "You ask by a token: there is no session to end. To end a token, revoke it.",
    ),
    "token-wider": (
        "不能发比自己所用令牌权限更大的令牌。",
        "Nobody issues a token that may do more than the one by which they ask.",
    ),
}
