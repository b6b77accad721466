"""Texts of the log: proofs, tiles, notes, keys."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "form.log-key": ("公钥，写作“名称+标识+密钥”", "a public key written NAME+ID+KEY"),
    "proof-of-leaf": (
        "证明不成立：不能表明第 {index} 条记录在共 {size} 条的日志中。",
        "The proof does not hold: it does not show that entry {index} is in the log of {size} entries.",
    ),
    "proof-of-growth": (
        "证明不成立：不能表明 {size} 条的日志由 {old} 条的日志增长而来。",
        "The proof does not hold: it does not show that the log of {size} entries grew out of the one of {old}.",
    ),
    "tile-unknown": ("日志没有“{path}”这一块。", "The log has no tile “{path}”."),
    "note-form": ("不是签名文本：第 {line} 行写法不对。", "Not a signed note: line {line} is not well formed."),
    "checkpoint-form": (
        "不是日志检查点：应为名称、条数、根三行。",
        "Not a checkpoint: expected three lines, the log's name, its size and its root.",
    ),
    "signing-key-unreadable": ("签名密钥 {file} 无法读取：{cause}", "The signing key {file} cannot be read: {cause}"),
    "signing-key-wrong": (
        "{file} 不是 Ed25519 签名密钥。请检查设置，或恢复原密钥。",
        "{file} is no Ed25519 signing key. Check the settings, or restore the key.",
    ),
    "signature-missing": ("没有“{name}”的签名。", "There is no signature by “{name}”."),
    "signature-wrong": ("“{name}”的签名不对。", "The signature by “{name}” is wrong."),
}
