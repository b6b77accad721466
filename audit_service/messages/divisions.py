"""Texts of changes of divisions: another name or code, and one that goes into another."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "division-waits": (
        "{unit} 并入 {into} 后称号待定：只有针对 {into} 的退出案件不予追究（dismissed）后，称号才能转入那里。",
        "The title of {unit} waits: only when the exit case against {into} was dismissed does it go over, and only there.",
    ),
    "division-same": ("{unit} 已经叫“{name}”。请核对新名称。", "{unit} is named “{name}” already. Check the new name."),
    "division-itself": (
        "单位 {unit} 不能并入自己。请核对编码。",
        "The unit {unit} cannot go into itself. Check the codes.",
    ),
    "division-code-taken": (
        "编码 {unit} 已有单位使用。请核对新编码。",
        "The code {unit} is in use. Check the new code.",
    ),
    "division-unknown": (
        "不知道 {into} 是哪里：名录和区划表中都没有。请核对编码，或先把该单位导入名录。",
        "{into} is on no roster and in no table of divisions. Check the code, or import that unit first.",
    ),
    "division-builds": (
        "{into} 已在建设（{life_state}），不能作为未开展建设的行政区。请去掉 --unbuilt。",
        "{into} has built ({life_state}). Leave --unbuilt out.",
    ),
    "division-has-own": (
        "{into} 已有自己的称号或建设（{life_state}），没有什么可以转入。请去掉 --transfer。",
        "{into} has a title or a building of its own ({life_state}), so nothing goes over. Leave --transfer out.",
    ),
    "division-undecided": (
        "{into} 现为：{life_state}。请写明：称号转移、由新的行政区统一开展建设（--transfer），还是并入未开展建设的行政区、不予命名（--unbuilt）。",
        "{into} is: {life_state}. Say whether title or building go over to the new division as a whole (--transfer), or it has not built and nothing is named (--unbuilt).",
    ),
    "division-how": ("--transfer 与 --unbuilt 只能用一个。", "Use one of --transfer and --unbuilt."),
    "division-stands": ("{unit}：{state}", "{unit}: {state}"),
    "division-substitute": (
        "! {unit} 已在 {draw} 中抽中：请用 draw substitute {draw} {unit} 凭调整文件递补。",
        "! {unit} is in the sample of {draw}: substitute it by the reserve with draw substitute {draw} {unit}.",
    ),
    "division-listed": (
        "{unit} 在 {draw} 的抽样框中（冻结的抽样框不改）；如被抽中，请在结果公布后用 draw substitute 递补。",
        "{unit} is in the frame of {draw}, which stays as it was frozen; if it is drawn, substitute it once the result is public.",
    ),
    "help.life.rename": ("单位更名（可换码）。", "Give a unit another name, and another code if it has one."),
    "help.life.merge": ("单位所在行政区划并入另一个。", "Merge a unit's division into another one."),
    "option.new-name": ("新名称。", "The new name."),
    "option.new-code": ("新编码（换码时）。", "The new code, if there is one."),
    "option.into": ("并入的单位编码。", "The code of the division into which it goes."),
    "option.transfer": (
        "称号（或建设）转入新的行政区划，统一开展建设。",
        "Title or building go over to the new division as a whole.",
    ),
    "option.unbuilt": ("新的行政区未开展建设，不予命名。", "The new division has not built: nothing is named."),
}
