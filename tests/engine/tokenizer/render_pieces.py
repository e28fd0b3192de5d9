#!/usr/bin/env python3
"""Writes tests/data/tokenizer/pieces.json: texts and how the pre-tokenizers of published tokenizers cut them.

    python3 -m venv V && V/bin/pip install tokenizers
    V/bin/python tests/engine/tokenizer/render_pieces.py qwen2=qwen3.json llama-bpe=llama3.json ... > pieces.json

Each argument is NAME=FILE: a name of tokenizer.ggml.pre and a tokenizer.json that has this pre-tokenizer. "smollm" and
"gpt-2" are built from their published definition and need no file (NAME=).
"""
import json
import sys

import tokenizers
from tokenizers import Regex, Tokenizer, pre_tokenizers

TEXTS = [
    "", " ", "  ", "\n", "a", "Hello world", " Hello  world ", "Hello\n\n\nworld\n", "a\t\tb", "\r\n\r\nx", "  \n  x",
    "I'm, you'll, WE'VE, they'Re, it'S 'd 'ſ", "x = 3.14159 * 1000000", "12 345 6789", "١٢٣٤٥ ½ Ⅻ", "a1b22c333d4444",
    "Größe, naïve, café", "cafe\u0301 n\u0303 (combining)", "数学：求解方程。", "ひらがなカタカナ漢字kanji", "한국어 텍스트 ㄱㄴ",
    "Привет, мир! нещо на Български", "السلام عليكم", "नमस्ते दुनिया", "កាន់តែពិសេស", "שלום עולם", "ไทย ภาษา",
    "😀 😶‍🌫️ 🇩🇪 👩‍👩‍👧", "∀x∈ℝ: x² ≥ 0 ⇒ |x| = √(x²)", r"\frac{a}{b} + \sqrt[3]{x}", "for (int i = 0; i < n; ++i) {\n    x += i;\n}",
    "def f(x):\n\treturn x**2  # square\n", "!!!???...", "..,;:'\"-–—_", "$100 €20 £3", "a_b-c/d\\e", "http://x.org/?q=1&r=2#z",
    "\u00a0nbsp\u2003em\u3000wide\u180emvs\u200bzwsp\ufeffbom", "\u0085nel\u2028ls\u2029ps", "\v\f", "tab\tend\t",
    "<|im_start|>user", "<｜User｜>", "''''", "'s", "don’t", "𝒳𝔸 𐐷 𠀀", "ⓐ ﬁ ǅ", "１２３ＡＢＣ", "x\u0000y\u007fz",
    "    indented\n        more\n", "trailing spaces   \n", "  京", "   。   ", "ࠀ一 가힣", "\u3000。～！",
]


def load(name, file):
    if file:
        return Tokenizer.from_file(file).pre_tokenizer
    steps = [pre_tokenizers.Digits(individual_digits=True)] if name == "smollm" else []
    gpt2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
    return pre_tokenizers.Sequence(steps + [pre_tokenizers.Split(Regex(gpt2), "isolated"),
                                            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def pieces(pre_tokenizer, text):
    # Character offsets, because the pieces themselves are in the byte alphabet.
    return [text[begin:end] for _, (begin, end) in pre_tokenizer.pre_tokenize_str(text)]


result = {"made by": f"render_pieces.py, tokenizers {tokenizers.__version__}", "texts": TEXTS, "pieces": {}}
for argument in sys.argv[1:]:
    name, _, file = argument.partition("=")
    pre_tokenizer = load(name, file)
    result["pieces"][name] = [pieces(pre_tokenizer, text) for text in TEXTS]
json.dump(result, sys.stdout, ensure_ascii=False, indent=0)
print()
