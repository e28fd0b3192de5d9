#!/usr/bin/env python3
"""Cuts a published tokenizer down to what the given texts can reach, keeping its token ids.

    python3 reduce_vocabulary.py tokenizer.json ggml-vocab-deepseek-llm.gguf.inp \
        > tests/data/tokenizer/deepseek-llm.reduced.tokenizer.json

A token or merge whose text is no part of the texts can never occur while they are encoded, so that what is left encodes
them exactly as the whole vocabulary does. tests/data/tokenizer/README.md names the source of the file in the tree.
"""
import json
import sys


def byte_alphabet():
    own = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in own]
    return {b: chr(b) for b in own} | {b: chr(256 + i) for i, b in enumerate(others)}


alphabet = byte_alphabet()
file = json.load(open(sys.argv[1]))
texts = "".join(alphabet[b] for b in open(sys.argv[2], "rb").read())
vocabulary = {t: i for t, i in file["model"]["vocab"].items() if len(t) == 1 or t in texts}
merges = [m if isinstance(m, str) else " ".join(m) for m in file["model"]["merges"]]
merges = [m for m in merges if m.replace(" ", "") in vocabulary]
json.dump({"added_tokens": [], "model": {"vocab": vocabulary, "merges": merges}}, sys.stdout, ensure_ascii=False,
          separators=(",", ":"))
