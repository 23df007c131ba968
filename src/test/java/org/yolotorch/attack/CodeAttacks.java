// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;

import java.util.ArrayList;
import java.util.List;

/** Programs that do more than a network may, hide it, or exhaust a compiler. */
final class CodeAttacks {
  private CodeAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    shapes(attacks);
    calls(attacks);
    disguises(attacks);
    languages(attacks);
    declarations(attacks);
    return attacks;
  }

  private static Attack body(String name, String words, String statements) {
    return unsafe("code: " + name, words, () -> new TinyArchive().body(statements).bytes());
  }

  private static Attack methods(String name, String words, String text) {
    return unsafe("code: " + name, words, () -> new TinyArchive().methods(text).bytes());
  }

  /** Texts that a recursive parser or compiler follows until its stack ends (M4, M5). */
  private static void shapes(List<Attack> out) {
    String deep = "nests brackets more than 100 deep";
    for (int count : new int[] {500, 200_000}) {
      String name = count + " nested ";
      out.add(body(name + "parentheses", deep, "y = " + nest("(", "x", ")", count)));
      out.add(body(name + "lists", deep, "y = " + nest("[", "x", "]", count)));
      out.add(body(name + "subscripts", deep, "y = " + nest("x[", "0", "]", count)));
      String type = nest("List[", "int", "]", count);
      out.add(body(name + "types", deep, "y = annotate(" + type + ", [])"));
    }
    String value = nest("(", "1", ")", 500);
    out.add(
        methods(
            "nested parentheses in a default",
            deep,
            "  def forward(self: __torch__.M, x: Tensor, n: int="
                + value
                + ") -> Tensor:\n"
                + "    return x\n"));
    out.add(
        methods(
            "nested parentheses in an annotation",
            deep,
            "  def forward(self: __torch__.M, x: "
                + nest("List[", "Tensor", "]", 500)
                + ") -> Tensor:\n    return x\n"));
    out.add(body("nested braces", deep, "y = " + nest("{0: ", "0", "}", 500)));
    String signs = "more than 100 signs in a row";
    out.add(body("300,000 minus", signs, "y = " + "-".repeat(300_000) + "1"));
    out.add(body("300,000 minus with spaces", signs, "y = " + "- ".repeat(300_000) + "1"));
    out.add(body("100,000 not", signs, "y = " + "not ".repeat(100_000) + "True"));
    String length = "a statement of absurd length";
    out.add(body("100,000 sums", length, "y = 1" + "+1".repeat(100_000)));
    out.add(body("100,000 powers", length, "y = 1" + "**1".repeat(100_000)));
    out.add(body("10,000 conditions", length, "y = " + "1 if True else ".repeat(10_000) + "1"));
    out.add(body("10,000 or", length, "y = True" + " or True".repeat(10_000)));
    out.add(body("100,000 attributes", length, "y = x" + ".a".repeat(100_000)));
    out.add(body("100,000 calls", length, "y = x.forward" + "()".repeat(100_000)));
    out.add(body("100,000 indexes", length, "y = x" + "[0]".repeat(100_000)));
    out.add(
        body(
            "a sum over many lines in brackets", length, "y = (1\n" + "+1\n".repeat(10_000) + ")"));
    StringBuilder elif = new StringBuilder("if True:\n  y = 1\n");
    elif.append("elif True:\n  y = 1\n".repeat(10_000));
    out.add(body("10,000 elif", "more than 200 'elif'", elif.toString()));
    out.add(
        body(
            "a chain of 60,000 statements",
            "more than 20000 lines",
            "y = torch.neg(x)\n" + "y = torch.neg(y)\n".repeat(60_000)));
    String blocks = "nests blocks more than 100 deep";
    out.add(body("300 nested if", blocks, nestedIf(300, "  ")));
    out.add(body("300 nested if by tabs", blocks, nestedIf(300, "\t")));
    out.add(body("300 nested if by form feeds", blocks, nestedIf(300, "\f")));
    out.add(body("a line of 2 MiB", "a line of over 1 MiB", "y = \"" + "a".repeat(2 << 20) + "\""));
    out.add(
        unsafe(
            "code: a chain of 3,000 classes",
            "refers from class to class more than 100 times",
            () -> new TinyArchive().methods(TinyArchive.code("") + chain(3_000)).bytes()));
    out.add(
        unsafe(
            "code: two classes that hold each other",
            "refers from class to class more than 100 times",
            () ->
                new TinyArchive()
                    .methods(TinyArchive.code("") + link("A", "B") + link("B", "A"))
                    .bytes()));
    out.add(
        corrupt(
            "code: closing what is not open",
            "closes what it did not open",
            () -> new TinyArchive().body("y = x)").bytes()));
  }

  private static String nest(String open, String core, String close, int count) {
    return open.repeat(count) + core + close.repeat(count);
  }

  private static String nestedIf(int count, String step) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(step.repeat(i)).append("if True:\n");
    }
    return text.append(step.repeat(count)).append("y = 1\n").toString();
  }

  private static String link(String name, String next) {
    return "class " + name + "(Module):\n  next : Optional[__torch__." + next + "]\n";
  }

  private static String chain(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(link("C" + i, "C" + (i + 1)));
    }
    return text.append("class C").append(count).append("(Module):\n  n : int\n").toString();
  }

  /** Operators that reach files, memory or code (M10, M11). */
  private static void calls(List<Attack> out) {
    out.add(body("torch.save", "aten::save", "torch.save(x, \"/tmp/p\")"));
    out.add(
        body(
            "torch.from_file",
            "aten::from_file",
            "y = torch.from_file(\"/etc/passwd\", False, 32, dtype=0)"));
    out.add(body("ops.aten.save", "aten::save", "ops.aten.save(x, \"/tmp/p\")"));
    out.add(body("save as a method", "a call of 'save'", "x.save(\"/tmp/p\")"));
    out.add(body("a bare save", "'save' is called", "save(x, \"/tmp/p\")"));
    out.add(body("an alias of torch.save", "aten::save", "f = torch.save\nf(x, \"/tmp/p\")"));
    out.add(body("an alias of torch", "'torch' by itself", "t = torch\nt.save(x, \"/tmp/p\")"));
    out.add(body("an alias of ops.aten", "'aten' by itself", "t = ops.aten\nt.save(x, \"p\")"));
    out.add(body("torch.autograd.save", "aten::autograd", "torch.autograd.save(x, \"p\")"));
    out.add(body("torch.ops.aten.save", "aten::ops", "torch.ops.aten.save(x, \"p\")"));
    out.add(body("getattr of torch", "'torch' by itself", "getattr(torch, \"save\")(x, \"p\")"));
    out.add(
        body("getattr of a method", "'(' where no network has it", "getattr(x, \"save\")(\"p\")"));
    out.add(body("as_strided", "aten::as_strided", "y = torch.as_strided(x, [9], [1], 99)"));
    out.add(body("set_", "a call of 'set_'", "y = x.set_(x)"));
    out.add(body("empty", "aten::empty", "y = torch.empty([9])"));
    out.add(body("an operator of another library", "foreign::run", "ops.foreign.run(x)"));
    out.add(body("print", "'print' is called", "print(x)"));
    out.add(body("open", "'open' is called", "y = open(\"/etc/passwd\")"));
    out.add(body("fork", "'fork' is called", "y = fork(x)"));
    out.add(
        methods(
            "a class implemented in C++",
            "__torch__.torch.classes",
            TinyArchive.code("y = __torch__.torch.classes.dist_c10d.FileStore(\"/tmp/p\", 1)")));
    out.add(
        methods(
            "__setstate__, which loading runs",
            "method '__setstate__'",
            "  def __setstate__(self: __torch__.M, state: Tensor) -> NoneType:\n    return None\n"));
    out.add(
        body(
            "a cast to another class",
            "cast to '__torch__.M'",
            "y = unchecked_cast(__torch__.M, self).weight"));
    out.add(
        body(
            "a cast to a list of classes",
            "cast to '__torch__.M'",
            "y = unchecked_cast(List[__torch__.M], self)"));
  }

  /** The same, so that a reader unlike LibTorch's would not see it. */
  private static void disguises(List<Attack> out) {
    out.add(body("a method in parentheses", "'(' where no network has it", "(x.save)(\"p\")"));
    out.add(
        body(
            "getattr in parentheses",
            "'(' where no network has it",
            "(getattr(x, (\"save\")))(\"p\")"));
    out.add(
        body(
            "getattr with parentheses within",
            "'(' where no network has it",
            "y = getattr(x, (\"save\"))"));
    out.add(body("getattr with an escape", "of what has none", "y = getattr(x, \"\\x73ave\")"));
    out.add(
        body(
            "getattr with two texts",
            "'save' where no network has it",
            "y = getattr(x, \"\" \"save\")"));
    String bound = "'int' is written";
    out.add(body("a method bound to int", bound, "int = x.save\nint(\"p\")"));
    out.add(
        body(
            "a method bound to int in a tuple",
            "'(y,int)' is written",
            "(y, int) = (x, x.save)\nint(\"p\")"));
    out.add(
        body(
            "a method bound to int twice",
            "'=' where no network has it",
            "y = int = x.save\nint(\"p\")"));
    out.add(body("a method bound to int in a loop", bound, "for int in [x]:\n  y = int(\"p\")"));
    out.add(body("a method bound to int by type", bound, "int : Tensor = x.save\nint(\"p\")"));
    out.add(
        methods(
            "a parameter named float",
            "'float' is written",
            "  def forward(self: __torch__.M, float: Tensor) -> Tensor:\n    return float(\"p\")\n"));
    out.add(body("a line break before the call", "a call of 'save'", "(x.save\n(\"p\"))"));
    out.add(body("a line break behind the dot", "a call of 'save'", "(x.\nsave(\"p\"))"));
    out.add(body("a line break in torch.save", "aten::save", "(torch\n.\nsave(x, \"p\"))"));
    out.add(body("carriage returns", "a call of 'save'", "y = [x.\r\nsave\r\n(\"p\")]\r"));
    out.add(body("tabs between", "a call of 'save'", "x\t.\tsave\t(\"p\")"));
    out.add(body("a form feed between", "no ASCII", "x.save\f(\"p\")"));
    out.add(body("a NUL between", "no ASCII", "x.save\0(\"p\")"));
    out.add(body("a letter that is no ASCII", "no ASCII", "\u00e9 = x"));
    out.add(body("a space that is no ASCII", "no ASCII", "x.save\u00a0(\"p\")"));
    out.add(body("a continued line", "character '\\'", "x.save\\\n(\"p\")"));
    out.add(body("a comment", "character '#'", "x = x # \"\ntorch.save(x, \"p\") # \""));
    out.add(body("a comment on types", "character '#'", "x = x # type: int"));
    out.add(body("a text of three quotes", "several lines", "y = \"\"\"a\"b\"\"\""));
    out.add(body("quotes within quotes", "aten::save", "y = '\"'\ntorch.save(x, \"p\")\nz = '\"'"));
    out.add(body("an escaped quote", "aten::save", "y = \"\\\\\"\ntorch.save(x, \"p\")"));
    out.add(body("an escaped line break", "several lines", "y = \"a\\\nb\""));
    out.add(body("a text that does not end", "several lines", "y = \"a\ntorch.save(x, 0)"));
    out.add(
        body("a letter before a text", "several lines", "y = r\"\\\"\ntorch.save(x, \"p\")\n\""));
    out.add(body("a number beside a name", "aten::save", "y = [1.e5torch.save(x, \"p\")]"));
    out.add(body("a number's method", "a call of 'save'", "y = 1..save(\"p\")"));
    out.add(body("three dots before a number", "'...'", "y = x[...1]"));
    out.add(body("a hexadecimal number", "hexadecimal", "y = 0x1ffp3"));
    out.add(
        body("an exponent without digits", "aten::save", "y = 0 if True else 1else torch.save"));
  }

  /** Attributes that LibTorch sees and a simpler reader does not. */
  private static void declarations(List<Attack> out) {
    String words = "as no printer writes it";
    for (String text :
        new String[] {
          "(child) : __torch__.M",
          "__annotations__[(\"child\")] = Tensor",
          "__annotations__[\"chi\" \"ld\"] = Tensor",
          "__annotations__[\"\\143hild\"] = Tensor",
          "__parameters__ = [(\"child\"), ]",
          "child : (Tensor)",
          "child : Tensor = 1"
        }) {
      out.add(methods("declaring " + text, words, "  " + text + "\n" + TinyArchive.code("")));
    }
    String more = TinyArchive.code("");
    out.add(
        methods(
            "a class in one line", words, more + "class E(Module): child : Tensor\n  a : int\n"));
    out.add(
        methods(
            "a class within a class",
            "class 'E' within another",
            more + "  class E(Module):\n    a : int\n"));
    out.add(
        methods(
            "a class whose attribute LibTorch retypes",
            "class '__torch__.LinearPackedParams'",
            more + "class LinearPackedParams(Module):\n  _packed_params : Tensor\n"));
    out.add(
        methods(
            "a type of 5,000 characters",
            "a type of absurd length",
            "  own : Tuple[" + "int, ".repeat(1_000) + "int]\n" + more));
    out.add(body("a name of 1 MB", "a word of absurd length", "y = " + "a".repeat(1_000_000)));
    out.add(
        body(
            "a class's name of 300,000 parts",
            "a name of absurd length",
            "y = __torch__" + ".a".repeat(300_000)));
  }

  /** Words of the language that no printed program has. */
  private static void languages(List<Attack> out) {
    out.add(
        unsafe(
            "code: import",
            "'import' outside of classes",
            () ->
                new TinyArchive()
                    .zip()
                    .with(z -> z.get("code/__torch__.py").store(TinyArchive.utf8("import os\n")))
                    .toBytes()));
    out.add(body("lambda", "'y' where no network has it", "f = lambda y: y"));
    out.add(body("with", "'x' where no network has it", "with x as y:\n  pass"));
    out.add(body("assert", "'x' where no network has it", "assert x"));
    out.add(body("raise", "'x' where no network has it", "raise x"));
    out.add(body("del", "'x' where no network has it", "del x"));
    out.add(methods("a decorator", "character '@'", "  @property\n" + TinyArchive.code("")));
    out.add(body("two statements in a line", "character ';'", "y = x; torch.save(x, \"p\")"));
    out.add(
        methods(
            "a class that is no module",
            "class 'E' that is no module",
            TinyArchive.code("") + "class E(Enum):\n  a : int\n"));
    out.add(
        methods(
            "a class without a base",
            "class 'E' without a base",
            TinyArchive.code("") + "class E:\n  a : int\n"));
    out.add(
        methods(
            "a class defined twice",
            "defines the class 'M' twice",
            TinyArchive.code("") + "class M(Module):\n  a : int\n"));
  }
}
