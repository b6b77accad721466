"""Texts of the year's end and of people who change: next year's draft roster, the handover of a post."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.life_papers.roll-over": (
        "年度结转：由今年的结果生成明年的名录草案。",
        "Make next year's draft roster from this year's results.",
    ),
    "help.life_papers.handover": (
        "交接单：一个岗位要移交的未了事项。",
        "Write what a post hands over: everything that is still open.",
    ),
    "option.roll-policy": ("明年的政策编号。", "Next year's policy."),
    "option.roll-year": ("明年的年份。", "Next year."),
    "option.post": ("移交的岗位。", "The post that is handed over."),
    # --- roll-over --------------------------------------------------------------------------------------------------
    "roll-over-nothing": (
        "没有可以结转的单位。请先用 life adopt 把名录纳入。",
        "There are no units to roll over. Take the roster into life first: life adopt.",
    ),
    "roll-over-several": (
        "政策 {policy} 下还没有单位，而 {known} 下都有：请用 --of 写明结转哪些政策的单位。",
        "No unit lives under {policy} yet, and units do under {known}: say with --of whose roll over.",
    ),
    "roll-over-none-of": (
        "政策 {policies} 下没有单位；有单位的政策：{known}。请核对 --of。",
        "No unit lives under {policies}, but under: {known}. Check --of.",
    ),
    "rolled-over-other": (
        "未结转政策 {policy} 下的 {count} 个单位（不同项目各作各的名录草案；要一并结转，加 --of）。",
        "{count} units under {policy} are no part of it: each programme has a draft of its own; --of takes several together.",
    ),
    "option.roll-of": (
        "结转哪些政策下的单位，可多次；省略时为 --policy 本身，其下没有单位时为唯一有单位的政策。",
        "The policies whose units roll over, any number; left out, the policy itself, or if none lives under it the only one under which any do.",
    ),
    "roll-over-statuses": (
        "政策 {policy} 没有写明各类别对应的状态，不能结转。请换一个政策，或在政策文件的 statuses 中补上 state。",
        "The policy {policy} does not say which state its statuses mean. Choose another one, or add `state` to its statuses.",
    ),
    "rolled-over": (
        "{policy} {year} 年名录草案已写入 {file}：{count} 个单位，SHA-256 {digest}。",
        "The draft roster of {policy} for {year} is in {file}: {count} units, SHA-256 {digest}.",
    ),
    "rolled-over-without": (
        "! 没有合适类别、未列入的单位：{units}。",
        "! Left out, since no status of the policy fits: {units}.",
    ),
    "handed-over": ("交接单已写入 {file}。", "The handover is in {file}."),
    # --- roll-over and handover as papers ---------------------------------------------------------------------------
    "roll-over.sheet": ("{year}年名录草案", "Draft roster {year}"),
    "roll-over.title": ("{year}年安全社区建设单位名录（草案）", "{year} draft roster of safe-community units"),
    "roll-over.line": (
        "政策 {policy}；由本年度结果结转，核对后直接用 import units 导入。",
        "Policy {policy}; from this year's results. Check it, then import it as it is: import units.",
    ),
    "handover.title": ("交接单", "Handover"),
    "handover.subtitle": ("{post} {of}\n{day}", "{post} {of}\n{day}"),
    "handover.whole": ("全部事项", "everything"),
    "handover.footer": ("交接单  {day}\t第 {page} 页 共 {pages} 页", "Handover  {day}\tPage {page} of {pages}"),
    "handover.none": ("无。", "None."),
    "handover.sealed": ("已抽取、封存未公布", "drawn, under seal"),
    "handover.campaigns": ("抽验批次", "Campaigns"),
    "handover.requests": ("待另一单位确认的申请", "Requests that wait for another institution"),
    "handover.draws": ("未了的抽取", "Draws not done with"),
    "handover.checks": ("未办结的定向抽查", "Checks beside the sample that are open"),
    "handover.unsigned": ("签字未齐的抽验结果", "Outcomes that wait for signatures"),
    "handover.the-unit": ("被抽验单位", "the unit"),
    "handover.column.occasion": ("抽取或抽查", "draw or check"),
    "handover.column.signers": ("未签字", "not signed by"),
    "handover.findings": ("未销号的问题", "Findings that are open"),
    "handover.cases": ("未结的退出案件", "Exit cases that are open"),
    "handover.ending": ("一年内届满的称号", "Titles that end within a year"),
    "handover.column.campaign": ("批次", "campaign"),
    "handover.column.policy": ("政策", "policy"),
    "handover.column.draws": ("抽取", "draws"),
    "handover.column.number": ("号", "number"),
    "handover.column.asked": ("事项", "asked for"),
    "handover.column.subject": ("对象", "of what"),
    "handover.column.institution": ("申请单位", "by"),
    "handover.column.draw": ("抽取", "draw"),
    "handover.column.state": ("进度", "how far"),
    "handover.column.unvisited": ("尚无抽验结果", "without an outcome"),
    "handover.column.finding": ("问题", "finding"),
    "handover.column.unit": ("单位", "unit"),
    "handover.column.description": ("问题描述", "what was found"),
    "handover.column.check": ("抽查", "check"),
    "handover.column.reason": ("事由", "reason"),
    "handover.column.case": ("案件", "case"),
    "handover.column.opened": ("立案", "opened"),
    "handover.column.due": ("下一期限", "next due"),
    "handover.column.code": ("单位编码", "code"),
    "handover.column.valid-until": ("有效期至", "valid until"),
    "handover.sign-from": ("移交人", "Handed over by"),
    "handover.sign-to": ("接收人", "Taken over by"),
    "handover.sign-witness": ("监交人", "Witness"),
    "handover.sign-day": ("日期", "Day"),
}
