#!/usr/bin/env python3
"""Compares our tokenizer with PyPI `tokenizers` on random Unicode strings.

    python3 compare_with_tokenizers.py --program build/dev/tests/engine_tokenizer_encode_lines \
        --tokenizer qwen3.tokenizer.json.xz --pre qwen2 [--count 100000] [--seed 1]
    python3 compare_with_tokenizers.py --program ... --gguf model.gguf       # a byte-level BPE model with pre = smollm

Exit code 0: all equal; 1: a difference (the first ones are printed); 77: cannot run here (the package `tokenizers`, the
program or the vocabulary is missing).

Qwen's tokenizer.json normalises text to NFC first. GGUF files carry no normaliser and llama.cpp applies none, so ours
does not either, and text that is not NFC is encoded as it stands. Here the strings are brought to NFC where the file has
that normaliser.
"""
import argparse
import json
import lzma
import random
import struct
import subprocess
import sys
import unicodedata

RANGES = [(0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
          (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1780, 0x17FF),
          (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x218F), (0x2190, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x27BF),
          (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFB4F), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF),
          (0x10400, 0x1044F), (0x1D400, 0x1D7FF), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F), (0x20000, 0x2A6D6)]
WORDS = ("the of and to in Let's we'll don't I'M they'RE solve equation function return const std::vector int main() {} "
         "== != <= -> => // /* */ def class import lambda x: 3.14159 1000000 12,345 0x1F e^{i\\pi} \\frac{a}{b} "
         "\\sum_{k=0}^{n} \\boxed{42} $x^2$ \\begin{align} <think> </think> http://a.b/c?d=1 user@example.org "
         "naïve Größe Привет мир 数学 方程 日本語 한국어 السلام नमस्ते ไทย 😀 👩‍👩‍👧 🇩🇪 😶‍🌫️ é e\u0301 ñ n\u0303 ½ Ⅻ ①").split(" ")
SPACES = [" ", " ", " ", "  ", "   ", "\n", "\n\n", " \n", "\t", "\t\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028",
          "\u0085", "    ", "        ", "\v", "\f", ""]


def random_text(rng):
    parts = []
    for _ in range(rng.randint(0, 12)):
        choice = rng.random()
        if choice < 0.35:
            parts.append(rng.choice(WORDS))
        elif choice < 0.55:
            low, high = rng.choice(RANGES)
            parts.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randint(1, 8))))
        elif choice < 0.65:
            parts.append("".join(chr(rng.randint(*rng.choice(RANGES))) for _ in range(rng.randint(1, 5))))
        elif choice < 0.75:
            parts.append(str(rng.randint(0, 10 ** rng.randint(1, 12))))
        elif choice < 0.8:
            parts.append(rng.choice("abz!?.=-_ 0é京😀") * rng.randint(1, 70))
        parts.append(rng.choice(SPACES) * rng.choice([1, 1, 1, 2, 5]))
    # Characters that one side's Unicode version does not know yet would differ for no fault of either.
    return "".join(c for c in "".join(parts) if unicodedata.category(c) != "Cn")


def read_gguf_strings(path):
    """The tokenizer keys of a GGUF file."""
    data = open(path, "rb").read(64 << 20)
    sizes = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
    at = 24
    values = {}

    def string():
        nonlocal at
        length, = struct.unpack_from("<Q", data, at)
        at += 8 + length
        return data[at - length:at].decode()

    for _ in range(struct.unpack_from("<Q", data, 16)[0]):
        key = string()
        kind, = struct.unpack_from("<I", data, at)
        at += 4
        if kind == 8:
            values[key] = string()
        elif kind == 9:
            kind, count = struct.unpack_from("<IQ", data, at)
            at += 12
            if kind == 8:
                values[key] = [string() for _ in range(count)]
            else:
                values[key] = [data[at + i * sizes[kind]] for i in range(count)]  # small numbers: the lowest byte
                at += count * sizes[kind]
        else:
            at += sizes[kind]
    return values


def peer_from_gguf(tokenizers, path):
    values = read_gguf_strings(path)
    if values["tokenizer.ggml.pre"] != "smollm":
        sys.exit("only pre = smollm is rebuilt here")
    tokens, kinds = values["tokenizer.ggml.tokens"], values["tokenizer.ggml.token_type"]
    merges = [tuple(m.split(" ")) for m in values["tokenizer.ggml.merges"]]
    peer = tokenizers.Tokenizer(tokenizers.models.BPE({t: i for i, t in enumerate(tokens)}, merges))
    peer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Digits(individual_digits=True),
        tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)])
    peer.add_special_tokens([t for t, kind in zip(tokens, kinds) if kind == 3])
    return peer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--tokenizer")
    parser.add_argument("--pre")
    parser.add_argument("--gguf")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    try:
        import tokenizers
        if arguments.gguf:
            peer = peer_from_gguf(tokenizers, arguments.gguf)
            source = [arguments.gguf]
        else:
            opened = lzma.open if arguments.tokenizer.endswith(".xz") else open
            peer = tokenizers.Tokenizer.from_str(opened(arguments.tokenizer, "rt", encoding="utf-8").read())
            source = [arguments.tokenizer, arguments.pre]
        program = open(arguments.program, "rb")
        program.close()
    except (ImportError, OSError) as reason:
        print("skipped:", reason)
        sys.exit(77)

    nfc = peer.normalizer is not None and "NFC" in str(peer.normalizer)
    rng = random.Random(arguments.seed)
    texts = [random_text(rng) for _ in range(arguments.count)]
    if nfc:
        texts = [unicodedata.normalize("NFC", text) for text in texts]
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    ours = subprocess.run([arguments.program, *source], input=lines, capture_output=True, text=True, check=True).stdout
    ours = [json.loads(line) for line in ours.splitlines()]
    theirs = [encoding.ids for encoding in peer.encode_batch(texts, add_special_tokens=False)]
    different = [i for i in range(len(texts)) if ours[i] != theirs[i]]
    print(f"{source[0].rsplit('/', 1)[-1]}: tokenizers {tokenizers.__version__}, {len(texts)} strings, "
          f"{sum(map(len, theirs))} tokens, {len(different)} different{' (NFC strings)' if nfc else ''}")
    for i in different[:5]:
        print(ascii(texts[i]), ours[i], theirs[i], sep="\n  ")
    sys.exit(1 if different else 0)


main()
