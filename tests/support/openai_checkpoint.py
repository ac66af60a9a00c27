"""The embedded model as a checkpoint of openai-whisper: the same weights in another file format.

OpenAI's own checkpoints come from the network only. CTranslate2 keeps what they hold under other
names and with some matrices joined, so the reference engine can be tried, and measured against,
on the real weights without fetching anything.

    python -m tests.support.openai_checkpoint FILE.pt
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[Any]]

_TYPES = ("float32", "int8", "int16", "int32", "float16")  # `DataType` of CTranslate2, in its order
_FORMAT = 6
_KINDS = {
    "weight": "weight", "bias": "bias", "gamma": "weight", "beta": "bias",
    "encodings": "positional_embedding",
}  # fmt: skip
_SINGLE = {
    "encoder/conv1": "encoder.conv1",
    "encoder/conv2": "encoder.conv2",
    "encoder/position_encodings": "encoder",
    "encoder/layer_norm": "encoder.ln_post",
    "decoder/embeddings": "decoder.token_embedding",
    "decoder/position_encodings": "decoder",
    "decoder/layer_norm": "decoder.ln",
}
_BLOCK = {
    "self_attention/layer_norm": ("attn_ln",),
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "attention/layer_norm": ("cross_attn_ln",),
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
    "ffn/layer_norm": ("mlp_ln",),
    "ffn/linear_0": ("mlp.0",),
    "ffn/linear_1": ("mlp.2",),
}
"""Places within a layer; several where CTranslate2 has joined matrices."""


def write(model: Path, target: Path) -> Path:
    """Write the checkpoint.

    Args:
        model: folder of a Whisper model of CTranslate2 that is not quantised to integers.
        target: the file; openai-whisper knows the heads that tell the time of words by its name.
    """
    import torch

    with (model / "model.bin").open("rb") as file:
        found = _read(file)
    weights = _renamed(found)
    state = {name: torch.from_numpy(value.astype("float32")) for name, value in weights.items()}
    torch.save({"dims": _dimensions(found, weights), "model_state_dict": state}, target)
    return target


def _read(file: BinaryIO) -> Weights:
    """Return the variables of a `model.bin`; names that repeat another's are left out."""
    version, _, _ = _number(file, "I"), _string(file), _number(file, "I")
    if version != _FORMAT:
        raise ValueError(f"model.bin has format {version}, not {_FORMAT}")
    weights: Weights = {}
    for _ in range(_number(file, "I")):
        name = _string(file)
        shape = [_number(file, "I") for _ in range(_number(file, "B"))]
        kind = _TYPES[_number(file, "B")]
        content = file.read(_number(file, "I"))
        weights[name] = np.frombuffer(content, kind).reshape(shape)
    return weights


def _number(file: BinaryIO, kind: str) -> int:
    return int(struct.unpack(f"<{kind}", file.read(struct.calcsize(kind)))[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H"))[:-1].decode()


def _renamed(found: Weights) -> Weights:
    """Return the weights under OpenAI's names, joined matrices taken apart."""
    weights: Weights = {}
    for name, value in found.items():
        place, _, kind = name.rpartition("/")
        modules = _modules(place)
        if not modules or kind not in _KINDS:
            continue  # settings of CTranslate2, told by numbers
        for module, piece in zip(modules, np.split(value, len(modules)), strict=True):
            if not (module.endswith(".key") and kind == "bias"):  # zeros: keys have no bias
                weights[f"{module}.{_KINDS[kind]}"] = piece
    return weights


def _modules(place: str) -> tuple[str, ...]:
    """Return what OpenAI calls a place; nothing when it has no such place."""
    if place in _SINGLE:
        return (_SINGLE[place],)
    half, _, rest = place.partition("/layer_")
    number, _, within = rest.partition("/")
    return tuple(f"{half}.blocks.{number}.{module}" for module in _BLOCK.get(within, ()))


def _dimensions(found: Weights, weights: Weights) -> dict[str, int]:
    layers = {tuple(name.split(".")[:3:2]) for name in weights if ".blocks." in name}
    sound, text = weights["encoder.positional_embedding"], weights["decoder.positional_embedding"]
    return {
        "n_mels": weights["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": sound.shape[0],
        "n_audio_state": sound.shape[1],
        "n_audio_head": int(found["encoder/num_heads"]),
        "n_audio_layer": sum(half == "encoder" for half, _ in layers),
        "n_vocab": weights["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": text.shape[0],
        "n_text_state": text.shape[1],
        "n_text_head": int(found["decoder/num_heads"]),
        "n_text_layer": sum(half == "decoder" for half, _ in layers),
    }


if __name__ == "__main__":
    from workbench.speech.models import BASE, ModelStore

    write(ModelStore().path(BASE), Path(sys.argv[1]))
