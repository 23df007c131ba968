// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.unsafe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.support.Assets;

/** Programs of allowed operators that kill or hang a process, eat its memory or change a model. */
final class ProgramAttacks {
  private static final String WORDS = "uses what no YOLO network needs";

  private ProgramAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    divisions(attacks);
    calls(attacks);
    loops(attacks);
    growth(attacks);
    writes(attacks);
    types(attacks);
    nesting(attacks);
    for (String name :
        new String[] {
          "floordivmin",
          "inl_40x5000",
          "inline_20",
          "leak_prev",
          "listmul3",
          "loop_forever",
          "mod0",
          "nest_tuple_use",
          "remainder0",
          "roundmin",
          "setattr2",
          "tdivtrunc32",
          "z-104"
        }) {
      attacks.add(unsafe("program: " + name, WORDS, () -> read(name)));
    }
    return attacks;
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(Assets.cases("trust/" + name + ".torchscript"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Attack body(String kind, String statements) {
    String name = "program, " + kind + ": " + statements;
    return unsafe(name, WORDS, () -> new TinyArchive().body(statements).bytes());
  }

  private static Attack methods(String name, String text) {
    return unsafe("program, " + name, WORDS, () -> new TinyArchive().methods(text).bytes());
  }

  private static String method(int number, String statements, String result) {
    String name = number == 0 ? "forward" : "forward" + number;
    return "  def "
        + name
        + "(self: __torch__.M,\n    x: Tensor) -> Tensor:\n"
        + statements
        + "    return "
        + result
        + "\n";
  }

  /** Whole numbers divided by 0, or the smallest one by -1, end a process. */
  private static void divisions(List<Attack> out) {
    String values = "n = torch.size(x, 0)\nz = torch.sub(n, n)\nm = torch.neg(n)\n";
    String[] names = {
      "floordiv", "floor_divide", "remainder", "fmod", "__round_to_zero_floordiv", "divmod"
    };
    for (String name : names) {
      for (String by : new String[] {"0", "-1", "z", "m", "x", "torch.sub(n, n)"}) {
        out.add(body("division", values + "y = torch." + name + "(n, " + by + ")"));
      }
      out.add(body("division", "y = torch." + name + "(x, torch.zeros_like(x))"));
    }
    for (String sign : new String[] {"%", "//", "/", "**"}) {
      out.add(body("division", values + "y = n " + sign + " z"));
    }
    for (String mode : new String[] {"floor", "trunc"}) {
      out.add(body("division", values + "y = torch.div(n, z, rounding_mode=\"" + mode + "\")"));
      out.add(body("division", "y = torch.div(x, 0, rounding_mode=\"" + mode + "\")"));
      out.add(body("division", "y = torch.div_(torch.neg(x), x, rounding_mode=\"" + mode + "\")"));
    }
    for (String decimals : new String[] {"-2147483648", "decimals=-2147483648", "m", "309"}) {
      out.add(
          body(
              "rounding",
              "n = torch.size(x, 0)\nm = torch.neg(n)\ny = torch.round(x, " + decimals + ")"));
    }
  }

  /** Little code that is much when methods are inlined, or that never ends. */
  private static void calls(List<Attack> out) {
    for (int depth : new int[] {15, 16, 18, 20, 22, 24, 25, 26, 28, 29, 30, 40, 60}) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < depth; i++) {
        String call = " = (self).forward" + (i + 1) + "(";
        text.append(method(i, "    y" + call + "x, )\n    z" + call + "y, )\n", "z"));
      }
      text.append(method(depth, "", "torch.neg(x)"));
      out.add(methods("doubled " + depth + " times", text.toString()));
    }
    for (int[] size : new int[][] {{2, 200}, {2, 5_000}, {3, 40}, {5, 20}, {10, 4}, {29, 3}}) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < size[0]; i++) {
        String call = "    x = (self).forward" + (i + 1) + "(x, )\n";
        text.append(method(i, call.repeat(size[1]), "x"));
      }
      text.append(method(size[0], "    y = torch.neg(x)\n".repeat(size[1]), "y"));
      String name = size[1] + " calls, " + size[0] + " deep";
      out.add(methods(name, text.toString()));
    }
    out.add(methods("a method that calls itself", method(0, "", "(self).forward(x, )")));
    out.add(
        methods(
            "two methods that call each other",
            method(0, "", "(self).forward1(x, )") + method(1, "", "(self).forward(x, )")));
    for (int depth : new int[] {31, 50, 90}) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < depth; i++) {
        text.append(method(i, "", "(self).forward" + (i + 1) + "(x, )"));
      }
      text.append(method(depth, "", "x"));
      out.add(methods(depth + " calls within each other", text.toString()));
    }
  }

  private static void loops(List<Attack> out) {
    String[] heads = {
      "while True:",
      "while torch.ge(torch.size(x, 0), 0):",
      "while torch.Bool(torch.any(x)):",
      "for i in range(9223372036854775807):",
      "for i in range(torch.size(x, 0)):",
      "for i in [1, 2, 3]:",
      "for i in torch.split(x, 1):",
      "if True:",
      "if torch.Bool(torch.any(x)):",
      "if torch.gt(torch.size(x, 0), 0):"
    };
    String[] bodies = {"pass", "y = torch.neg(x)", "x = torch.cat([x, x])", "x = torch.neg(x)"};
    for (String head : heads) {
      for (String inner : bodies) {
        String rest = head.startsWith("if") ? "\nelse:\n  pass" : "";
        out.add(body("loop", head + "\n  " + inner + rest));
        out.add(body("loop in a loop", head + "\n  while True:\n    " + inner + rest));
      }
    }
    out.add(
        methods(
            "a loop that nothing calls",
            method(0, "", "x") + method(1, "    while True:\n      pass\n", "x")));
  }

  /** Lists, texts and tensors of absurd size. */
  private static void growth(List<Attack> out) {
    for (String list : new String[] {"[1, 2, 3]", "[1.5]", "[x]", "torch.size(x)", "[True]"}) {
      for (String more : new String[] {"300000000", "2147483647", "torch.size(x, 0)"}) {
        out.add(body("growth", "l = torch.mul(" + list + ", " + more + ")"));
      }
      out.add(body("growth", "l = " + list + "\n" + "l = torch.add(l, l)\n".repeat(40)));
      out.add(body("growth", "l = " + list + "\n" + "l = torch.add_(l, l)\n".repeat(40)));
      out.add(body("growth", "l = " + list + "\ny = torch.append(l, l)"));
    }
    for (String text : new String[] {"\"a\"", "\"{}{}\""}) {
      out.add(body("growth", "t = " + text + "\n" + "t = torch.add(t, t)\n".repeat(40)));
      out.add(body("growth", "t = " + text + "\n" + "t = torch.format(\"{}{}\", t, t)\n"));
      out.add(body("growth", "t = torch.mul(" + text + ", 1000000000)"));
    }
    for (String part : new String[] {"0, ", "(), ", "x, ", "[0], ", "torch.neg(x), "}) {
      String line = "y = [" + part.repeat((1 << 20) / part.length() - 10) + "]\n";
      String name = "program, growth: lists of 15 MB, " + part;
      out.add(
          unsafe(
              name, "is of absurd length", () -> new TinyArchive().body(line.repeat(15)).bytes()));
    }
    for (String number : new String[] {"99999999999", "9223372036854775806", "-2147483649"}) {
      for (String call : new String[] {"zeros([#])", "full([#], 1)", "arange(#)", "ones([1, #])"}) {
        out.add(body("growth", "y = torch." + call.replace("#", number)));
      }
    }
  }

  /** Whatever the next prediction, or the caller, would see. */
  private static void writes(List<Attack> out) {
    String[] writers = {
      "add_(#, 1)",
      "mul_(#, 2)",
      "sub_(#, x)",
      "div_(#, 2)",
      "copy_(#, x)",
      "fill_(#, 1)",
      "relu_(#)",
      "silu_(#)",
      "sigmoid_(#)",
      "tanh_(#)",
      "exp_(#)",
      "clamp_(#, 0, 1)",
      "hardtanh_(#)",
      "squeeze_(#)",
      "unsqueeze_(#, 0)",
      "masked_fill_(#, x, 1)",
      "tril_(#)",
      "index_put_(#, [x], x)",
      "index_fill_(#, 0, x, 1)",
      "scatter_(#, 0, x, 1)",
      "triu_(#)"
    };
    String[] targets = {
      "self.weight",
      "x",
      "torch.view(self.weight, [-1])",
      "torch.slice(torch.detach(self.weight), 0, 0, 1)",
      "torch.to(torch.contiguous(self.weight), 6)"
    };
    for (String writer : writers) {
      for (String target : targets) {
        out.add(body("write", "y = torch." + writer.replace("#", target)));
      }
    }
    for (String statement :
        new String[] {
          "self.weight = x",
          "self.training = True",
          "self.weight, y, = torch.split(x, 1)",
          "self.weight[0] = x",
          "x[0] = self.weight",
          "getattr(self, \"0\") = x",
          "(self).weight = x",
          "y = torch.neg(x, out=self.weight)",
          "y = torch.neg(x)\nz = torch.add(x, y, out=y)",
          "y, z, = torch.max(x, 1, False, max=self.weight, max_values=x)",
          "y, z, = torch.sort(x, stable=True, values=self.weight, indices=x)",
          "y = torch.batch_norm(x, None, None, self.weight, self.weight, True, 0.1, 0.1, False)",
          "y = torch.dropout(x, 0.5, True)",
          "a = [self.weight]\ny, = a\nz = torch.neg_(y)",
          "a = [self.weight, x]\ny, z, = a\nw = torch.relu_(y)"
        }) {
      out.add(body("write", statement));
    }
  }

  /** Numbers of element types, layouts and formats that LibTorch takes as they come. */
  private static void types(List<Attack> out) {
    String[] numbers = {"-104", "-1", "8", "9", "10", "12", "13", "16", "44", "104", "255", "9999"};
    for (String number : numbers) {
      out.add(body("type", "y = torch.zeros([1], dtype=" + number + ")"));
      out.add(body("type", "y = torch.to(x, " + number + ")"));
      out.add(body("type", "y = torch.to(x, torch.device(\"cpu\"), " + number + ")"));
      out.add(body("type", "y = torch.softmax(x, 0, " + number + ")"));
      out.add(body("type", "y = torch.sum(x, dtype=" + number + ")"));
      out.add(body("type", "y = torch.zeros([1], layout=" + number + ")"));
      out.add(body("type", "y = torch.clone(x, memory_format=" + number + ")"));
    }
    out.add(body("type", "y = torch.to(x, None, None, True, True)"));
    out.add(body("type", "y = torch.to(x, None, True, True)"));
    out.add(body("type", "n = torch.size(x, 0)\ny = torch.to(x, n)"));
    out.add(body("type", "n = torch.size(x, 0)\ny = torch.zeros([1], dtype=n)"));
    out.add(body("type", "y = torch.zeros([1], dtype=torch.neg(104))"));
    out.add(body("type", "y = torch.to(x, 6, False, False, 17)"));
  }

  /** A line a level, but a type that doubles with each. */
  private static void nesting(List<Attack> out) {
    String[] forms = {"(@, @)", "[@, @]", "(@, (@, 1))", "([@], [@])", "(@, @, @)", "[(@, @)]"};
    for (String form : forms) {
      for (int lines : new int[] {14, 16, 20, 24, 28, 32, 36, 40, 80}) {
        StringBuilder text = new StringBuilder("y0 = x\n");
        for (int i = 0; i < lines; i++) {
          text.append("y").append(i + 1).append(" = ").append(form.replace("@", "y" + i));
          text.append("\n");
        }
        out.add(
            unsafe(
                "program, nesting: " + form + " " + lines,
                WORDS,
                () -> new TinyArchive().body(text.toString()).bytes()));
      }
    }
  }
}
