"""Texts of awards to people."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.award": ("对个人的表彰奖励：登记、撤回、列出。", "Awards to people: give, withdraw, list."),
    "help.award.give": (
        "登记对个人的表彰奖励，一份文件可有多人。\n\n写作 姓名/工作单位 或 姓名/工作单位/市(州)。姓名在日志中只存加盐的摘要，不对外公开；对单位的用 life step award。",
        "Record an award to people, by one document.\n\nWrite NAME/INSTITUTION or NAME/INSTITUTION/CITY. In the log names are salted hashes, and nothing publishes them. Units are given theirs by life step award.",
    ),
    "help.award.withdraw": ("撤回一项对个人的表彰奖励，原记录保留。", "Let an award count no more; its record stays."),
    "help.award.list": ("列出对个人的表彰奖励。", "List the awards that people were given."),
    "option.award-city": ("只列这一市（州）的人员。", "Only people of this city."),
    "award-is-withdrawn": ("  已撤回：{reason}", "  withdrawn: {reason}"),
    "awards-none": ("没有登记对个人的表彰奖励。", "Nobody was given an award."),
    "award-person-form": (
        "“{found}”应写作 姓名/工作单位 或 姓名/工作单位/市(州)。",
        "“{found}” should be NAME/INSTITUTION or NAME/INSTITUTION/CITY.",
    ),
    "award-nobody": ("未写明受表彰的人员。", "Nobody is named who is given the award."),
    "award-person-unsaid": (
        "受表彰人员的姓名和工作单位都应填写。",
        "Of each person who is given the award name and institution are needed.",
    ),
    "award-person-twice": (
        "{person}（{institution}）已凭这份文件登记过这一奖励，或在名单中出现两次。请核对名单；确系另一人的，请在工作单位中加以区分。",
        "{person} ({institution}) was given this award by this document already, or is named twice. Check the list; tell another person of that name apart by the institution.",
    ),
    "award-people-many": (
        "这份文件表彰了 {found} 人，政策规定至多 {most} 人。请核对名单。",
        "This document gives the award to {found} people, and the policy allows {most}. Check the list.",
    ),
    "award-unknown": (
        "没有编号为“{given}”的个人表彰奖励；award list 列出全部。",
        "No award to a person has the number “{given}”; award list has them all.",
    ),
    "award-withdrawn": ("{given} 已经撤回。", "{given} was withdrawn already."),
}
