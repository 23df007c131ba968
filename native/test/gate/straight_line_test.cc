// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/straight_line.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "gate/code_scan.h"
#include "gate/own_scripts.h"
#include "gate/program.h"

namespace yolotorch {
namespace {

// What is wrong with the program of one source file, whose module is an M.
std::string FaultOf(const std::string& source) {
  gate::CodeFacts facts;
  gate::ScanCode(source, "code/__torch__.py", "m", &facts);
  gate::Program program;
  gate::ReadProgram(source, "__torch__", &program);
  return gate::FaultOfProgram(program, facts.classes, "__torch__.M");
}

const std::string kClass =
    "class M(Module):\n  weight : Tensor\n  sizes : List[int]\n"
    "  scale : float\n  text : str\n  inner : __torch__.N\n"
    "  pair : Tuple[int, Tensor]\n  named : Tuple[str, Tensor]\n"
    "  place : Device\n  False0 : bool\n";
const std::string kInner =
    "class N(Module):\n  bias : Tensor\n"
    "  def forward(self: __torch__.N,\n    x: Tensor) -> Tensor:\n"
    "    return torch.relu_(x)\n"
    "  def bias_of(self: __torch__.N) -> Tensor:\n    return self.bias\n";

std::string Method(const std::string& name, const std::string& lines) {
  std::string text =
      "  def " + name + "(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    ";
  for (const char c : lines) text += c == '\n' ? "\n    " : std::string(1, c);
  return text + "\n";
}

std::string FaultOfBody(const std::string& lines) {
  return FaultOf(kClass + Method("forward", lines) + kInner);
}

void ExpectFaults(const std::vector<std::string>& bodies,
                  std::string_view words) {
  for (const std::string& body : bodies) {
    const std::string fault = FaultOfBody(body);
    EXPECT_NE(fault.find(words), std::string::npos)
        << body << ": '" << fault << "'";
  }
}

TEST(GateProgram, LetsTracesPass) {
  for (const char* body :
       {"return torch.conv2d(x, self.weight)",
        "y = torch.add(x, 1)\nreturn torch.relu_(y)",
        "a, b, = torch.split(torch.clone(x), 2)\nreturn torch.silu_(a)",
        "y = (self.inner).forward(torch.neg(x), )\nreturn y",
        "n = torch.size(x, 2)\nreturn torch.zeros([1, int(n)], dtype=6, "
        "layout=None, device=torch.device(\"cpu\"), pin_memory=False)",
        "y = torch.slice(x, 1, -3, 9223372036854775807)\nreturn y",
        "y = torch.to(x, 6)\ny0 = torch.to(y, torch.device(\"cpu\"), 5)\n"
        "return torch.to(y0, dtype=ops.prim.dtype(x))",
        "return torch.cat([x, CONSTANTS.c0], 1)",
        "y = torch.zeros_like(x)\n"
        "_0 = torch.copy_(torch.slice(y, 0, 0, 1), self.weight)\nreturn y",
        "y = annotate(List[Optional[Tensor]], [None, x])\n"
        "return torch.index(x, y)",
        "return torch.remainder(x, 32)", "return torch.softmax(x, 1, None)"}) {
    EXPECT_EQ(FaultOfBody(body), "") << body;
  }
}

TEST(GateProgram, LetsNothingLoopOrChoose) {
  ExpectFaults({"while True:\n  y = torch.neg(x)\nreturn x",
                "for i in range(torch.size(x, 0)):\n  y = torch.neg(x)\n"
                "return x",
                "for i in self.sizes:\n  y = torch.neg(x)\nreturn x"},
               "a loop in 'forward'");
  ExpectFaults({"if torch.gt(torch.sum(x), 0):\n  y = x\nelse:\n  y = "
                "torch.neg(x)\nreturn y",
                "if True:\n  pass\nelse:\n  pass\nreturn x"},
               "a condition in 'forward'");
  ExpectFaults({"y = x if True else x\nreturn y", "y = n % z\nreturn x",
                "y = [a for a in x]\nreturn x", "y = x[n]\nreturn x",
                "y = {}\nreturn x", "y = x + x\nreturn y"},
               "where no network has it");
}

TEST(GateProgram, WritesIntoNothingOfOthers) {
  ExpectFaults({"self.weight = x\nreturn x", "self.inner.bias = x\nreturn x",
                "self.scale = 3.\nreturn x", "x[0] = x\nreturn x",
                "getattr(self, \"0\") = x\nreturn x"},
               "is written in 'forward'");
  ExpectFaults(
      {"return torch.add_(self.weight, 1)",
       "y = torch.view(self.weight, [-1])\nreturn torch.relu_(y)",
       "y = torch.to(self.weight, 6)\nreturn torch.relu_(y)",
       "y = torch.contiguous(torch.detach(torch.slice(self.weight)))\n"
       "return torch.mul_(y, 2)",
       "a, b, = torch.split(self.weight, 2)\nreturn torch.copy_(b, x)",
       "a = [self.weight, torch.neg(x)]\nb, c, = a\nreturn torch.copy_(c, x)",
       "y = torch.relu_(CONSTANTS.c0)\nreturn x",
       "y = torch.unsqueeze_(self.weight, 0)\nreturn x",
       "y = (self.inner).bias_of()\nreturn torch.relu_(y)",
       "return (self.inner).forward(self.weight, )", "return torch.relu_(x)",
       "y = torch.dropout(self.weight, 0., False)\nreturn torch.add_(y, x)",
       "y = torch.expand_as(x, self.weight)\nreturn torch.add_(y, x)"},
      "writes into what is not its own");
  ExpectFaults({"return torch.add(x, 1, out=self.weight)",
                "a, b, = torch.max(x, 1, max=self.weight, max_values=x)\n"
                "return a",
                "a, b, = torch.sort(x, values=x, indices=self.weight)\n"
                "return a"},
               " of '");
  ExpectFaults(
      {"return torch.batch_norm(x, None, None, self.weight, self.weight, "
       "True, 0.1, 0.1, False)",
       "return torch.batch_norm(x, None, None, self.weight, self.weight, "
       "self.False0, 0.1, 0.1, False)",
       "return torch.dropout(x, 0.5, True)",
       "return torch.dropout(x, 0.5, \"False\")"},
      "in training mode");
  // Keywords change which argument is meant.
  ExpectFaults(
      {"return torch.batch_norm(x, None, None, self.weight, self.weight, "
       "cudnn_enabled=False, momentum=0.1, eps=0.1, training=True)",
       "return torch.add_(other=x, self=self.weight)",
       "return torch.remainder(other=0, self=5)",
       "a, b, = self.pair\nc, d, = torch.sort(x, values=b)\nreturn c"},
      " of '");
  // Lists of a module stay as they are, and so does what only looks new.
  EXPECT_NE(FaultOfBody("y = torch.sort(self.sizes)\nreturn x"), "");
  EXPECT_NE(FaultOfBody("y = torch._unsafe_view(self.weight, [-1])\n"
                        "return torch.relu_(y)"),
            "");
}

TEST(GateProgram, CountsWhatItsCallsCost) {
  std::string doubling = kClass;
  for (int i = 0; i < 25; ++i) {
    const std::string next = "forward" + std::to_string(i + 1);
    const std::string name = i == 0 ? "forward" : "forward" + std::to_string(i);
    doubling += Method(name, "y = (self)." + next + "(x, )\ny0 = (self)." +
                                 next + "(y, )\nreturn y0");
  }
  doubling += Method("forward25", "return torch.neg(x)");
  EXPECT_EQ(FaultOf(doubling + kInner), "more than 30000 steps");

  std::string wide = Method("forward1", "return torch.neg(x)");
  for (int level = 2; level < 6; ++level) {
    std::string lines;
    for (int i = 0; i < 100; ++i) {
      lines += "y = (self).forward" + std::to_string(level - 1) + "(x, )\n";
    }
    wide += Method("forward" + std::to_string(level), lines + "return y");
  }
  EXPECT_EQ(FaultOf(kClass + Method("forward", "return (self).forward5(x, )") +
                    wide + kInner),
            "more than 30000 steps");

  std::string deep = kClass;
  for (int i = 0; i < 40; ++i) {
    deep += Method(i == 0 ? "forward" : "forward" + std::to_string(i),
                   "return (self).forward" + std::to_string(i + 1) + "(x, )");
  }
  deep += Method("forward40", "return x");
  EXPECT_NE(FaultOf(deep + kInner).find("calls within calls"),
            std::string::npos);
  ExpectFaults({"return (self).forward(x, )"}, "calls within calls");
  // Code that nothing calls is compiled too.
  EXPECT_NE(
      FaultOf(kClass + Method("forward", "return x") +
              Method("forward1", "while True:\n  pass\nreturn x") + kInner)
          .find("a loop in 'forward1'"),
      std::string::npos);
}

TEST(GateProgram, BoundsTheSizeOfValues) {
  for (const char* pair : {"(%, %)", "[%, %]", "(%, [%])"}) {
    std::string lines = "y0 = x\n";
    for (int i = 0; i < 40; ++i) {
      std::string value = pair;
      for (std::size_t at; (at = value.find('%')) != std::string::npos;) {
        value.replace(at, 1, "y" + std::to_string(i));
      }
      lines += "y" + std::to_string(i + 1) + " = " + value + "\n";
    }
    ExpectFaults({lines + "return x"}, "a value of more than 10000 parts");
  }
  ExpectFaults({"y = torch.mul([1, 2], 300000000)\nreturn x",
                "y = torch.add(self.sizes, self.sizes)\nreturn x",
                "y = torch.add(self.text, self.text)\nreturn x",
                "y = torch.add(\"a\", \"b\")\nreturn x",
                "y = torch.mul(torch.size(x), 3)\nreturn x",
                "y = torch.split(x, 1)\nz = torch.add(y, y)\nreturn x",
                "y = torch.slice([1, 2])\nz = torch.add(y, y)\nreturn x",
                "a, b, = ([1], [x])\nz = torch.mul(a, 100000)\nreturn x"},
               "of a list or text");
  ExpectFaults({"a, b, = (\"a\", x)\nz = torch.add(a, a)\nreturn x"},
               "a list of texts and others");
  ExpectFaults({"a, b, = self.named\nz = torch.add(a, a)\nreturn x"},
               "a value of type Tuple[str,Tensor]");
  ExpectFaults({"y = torch.zeros([99999999999])\nreturn y",
                "y = torch.full([1], -9223372036854775807)\nreturn y",
                "y = torch.arange(123456789012345678901234)\nreturn y"},
               "the number ");
}

TEST(GateProgram, DividesNoWholeNumbers) {
  ExpectFaults({"y = torch.floordiv(1, 0)\nreturn x",
                "y = torch.floor_divide(x, 0)\nreturn x",
                "y = torch.fmod(x, 0)\nreturn x",
                "y = torch.__round_to_zero_floordiv(1, 0)\nreturn x"},
               "the operator ");
  ExpectFaults({"y = torch.remainder(x, 0)\nreturn x",
                "y = torch.remainder(x, -1)\nreturn x",
                "y = torch.remainder(torch.size(x, 0), torch.sub(1, 1))\n"
                "return x",
                "y = torch.remainder(x, x)\nreturn x"},
               "by what is no whole number above 0");
  ExpectFaults({"y = torch.div(x, x, rounding_mode=\"floor\")\nreturn x",
                "y = torch.div(x, 0, rounding_mode=\"trunc\")\nreturn x",
                "y = torch.round(x, -2147483648)\nreturn x",
                "y = torch.round(x, decimals=3)\nreturn x"},
               " arguments");
}

TEST(GateProgram, TakesTheTypesOfNetworksOnly) {
  ExpectFaults({"y = torch.zeros([1], dtype=104)\nreturn y",
                "y = torch.zeros([1], dtype=-1)\nreturn y",
                "y = torch.zeros([1], dtype=12)\nreturn y",
                "y = torch.zeros([1], dtype=torch.size(x, 0))\nreturn y",
                "y = torch.zeros([1], layout=1)\nreturn y",
                "y = torch.clone(x, memory_format=9)\nreturn y",
                "y = torch.zeros([1], pin_memory=True)\nreturn y",
                "y = torch.zeros([1], device=self.text)\nreturn y"},
               "=");
  ExpectFaults(
      {"y = torch.to(x, None, None, True, True)\nreturn y",
       "y = torch.to(x, 99)\nreturn y", "y = torch.to(x, -101, True)\nreturn y",
       "y = torch.to(x, torch.device(\"cpu\"), 99)\nreturn y",
       "y = torch.to(x, torch.device(\"cpu\"), None)\nreturn y",
       "y = torch.softmax(x, 1, 44)\nreturn y",
       "y = torch.log_softmax(x, 1, torch.size(x, 0))\nreturn y"},
      " to the type ");
  // Numbers under the look of tensors, types and devices.
  ExpectFaults(
      {"y = torch.to(x, torch.max(104, 104))\nreturn y",
       "a, b, = (104, x)\ny = torch.to(x, a)\nreturn y",
       "a, b, = [ops.prim.dtype(x), 104]\ny = torch.to(x, b)\nreturn y",
       "a, b, = self.pair\ny = torch.to(x, a)\nreturn y",
       "y = torch.to(x, torch.max([104, 3]))\nreturn y",
       "y = torch.to(x, self.place, 104)\nreturn y",
       "y = torch.to(x, torch.size(x))\nreturn y"},
      " to the type ");
  ExpectFaults({"y = torch.to(x, 6, False, False, 7)\nreturn y",
                "n = torch.size(x, 0)\ny = torch.to(x, 6, False, False, n)\n"
                "return y",
                "y = torch.to(x, x, True, False, 4)\nreturn y",
                "n = torch.size(x, 0)\ny = torch.to(x, x, False, False, n)\n"
                "return y"},
               "the memory format ");
}

TEST(GateProgram, KnowsItsNames) {
  ExpectFaults({"return torch.neg(y)"}, "'y' is unknown");
  ExpectFaults({"return (self.inner).nothing(x, )", "return (x).forward()",
                "return (self.sizes).forward()", "y = x.save(\"p\")\nreturn x",
                "y = (x.\nsave(\"p\"))\nreturn x"},
               "a call of '");
  ExpectFaults({"return self.nothing", "return x.weight",
                "y = getattr(x, \"save\")\nreturn x",
                "y = getattr(x, \"\\x73ave\")\nreturn x"},
               "' of what has none");
  ExpectFaults(
      {"y = eval(x)\nreturn x", "y = str(x)\nreturn x", "print(x)\nreturn x"},
      "' is called");
  ExpectFaults({"y = x[0](1)\nreturn x", "(x.save)(\"p\")\nreturn x",
                "y = getattr(x, (\"save\"))\nreturn x",
                "y = torch.add.out(x)\nreturn x", "import os\nreturn x",
                "y = lambda z: z\nreturn x", "y = not x\nreturn x"},
               "where no network has it");
}

// They would no longer mean what the reader takes them for.
TEST(GateProgram, LetsNothingTakeTheNamesOfTheLanguage) {
  for (const char* name : {"int", "float", "bool", "torch", "ops", "getattr",
                           "annotate", "unchecked_cast", "range", "True"}) {
    const std::string text(name);
    ExpectFaults({text + " = self.inner\nreturn x",
                  text + ", y, = torch.split(x, 1)\nreturn x",
                  "y, " + text + ", = torch.split(x, 1)\nreturn x",
                  text + " : Tensor = x\nreturn x",
                  "for " + text + " in range(3):\n  pass\nreturn x"},
                 "'" + text + "' is written");
    const std::string source =
        kClass +
        "  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n"
        "    return x\n  def forward1(self: __torch__.M,\n    " +
        text + ": Tensor) -> Tensor:\n    return x\n" + kInner;
    EXPECT_NE(FaultOf(source).find("'" + text + "' is written"),
              std::string::npos);
  }
}

TEST(GateProgram, HasNothingOutsideOfClasses) {
  const std::string sound = kClass + Method("forward", "return x") + kInner;
  EXPECT_EQ(FaultOf(sound), "");
  EXPECT_EQ(FaultOf("\n" + sound), "");
  for (const char* more :
       {"import os\n", "def f(x: Tensor) -> Tensor:\n  return x\n",
        "x = 1\n"}) {
    EXPECT_NE(FaultOf(sound + more).find("outside of classes"),
              std::string::npos)
        << more;
    EXPECT_NE(FaultOf(more + sound).find("outside of classes"),
              std::string::npos)
        << more;
  }
  for (const char* cut : {"def", "def f", "def f(", "def f(a):"}) {
    EXPECT_NE(FaultOf(sound + cut), "") << cut;
  }
  EXPECT_NE(FaultOf(kClass + "  def"), "");
  EXPECT_NE(
      FaultOf(kClass + "  def f(self: __torch__.M) -> Tensor: return x\n"), "");
}

TEST(GateProgram, NamesFaultsInPrintableLetters) {
  constexpr std::size_t kLongest = 103;
  for (const std::string& body :
       {std::string("return getattr(self, \"a\x1B[2J\")"),
        std::string("return getattr(self, \"a\tb\x7F\")"),
        std::string("return self \"\rb\""),
        std::string("return torch.add(x, -\n  99999999999)"),
        std::string("return torch.to(x, annotate(List[\n  int], 5))"),
        std::string("return torch.to(x, \"\x01\", \"\xC3\xA4\")"),
        "return self.f" + std::string(200, 'o') + "(x)",
        "return f" + std::string(200, 'o') + "(x)",
        "torch = f" + std::string(200, 'o') + "(x)"}) {
    const std::string fault = FaultOfBody(body);
    EXPECT_NE(fault, "") << body;
    EXPECT_LE(fault.size(), kLongest) << fault;
    for (const char c : fault) {
      EXPECT_TRUE(c >= ' ' && c <= '~') << body << ": '" << fault << "'";
    }
  }
}

TEST(GateProgram, KnowsScriptsByMoreThanTheirLook) {
  const auto texts = [](const std::string& lines) {
    gate::Program program;
    const std::string source = kClass + Method("forward", lines);
    gate::ReadProgram(source, "__torch__", &program);
    std::string all;
    for (const auto& [statement, text] :
         gate::CanonicalBlocks(program.at("__torch__.M").at("forward"))) {
      all += text;
    }
    return all;
  };
  const std::string whole = texts(
      "while torch.gt(torch.size(x, 0), 0):\n  y = torch.slice(x, 0, 7)\n"
      "return x");
  EXPECT_NE(whole, "");
  // Layout, names and numbers above 0 do not matter.
  EXPECT_EQ(whole, texts("while torch.gt(torch.size(a, 0), 0):\n"
                         "  b = torch.slice(a, 0, 640)\nreturn x"));
  // What is 0, which operator it is and which name it takes, does.
  for (const char* other :
       {"while torch.gt(torch.size(x, 0), 1):\n  y = torch.slice(x, 0, 7)\n",
        "while torch.gt(torch.size(x, 0), 0):\n  y = torch.slice(x, 0, 0)\n",
        "while torch.gt(torch.size(x, 0), 0):\n  y = torch.slice(z, 0, 7)\n",
        "while torch.gt(torch.size(x, 0), 0):\n  y = torch.select(x, 0, 7)\n",
        "while torch.gt(torch.size(x, 0), 0):\n  y = torch.slice(x, 0, "
        "-7)\n"}) {
    EXPECT_NE(whole, texts(other + std::string("return x"))) << other;
  }
  // A value that each turn of a loop would make anew is not one made before.
  EXPECT_NE(texts("while torch.gt(torch.size(x, 0), 0):\n  pass\nreturn x"),
            texts("_1 = torch.gt(torch.size(x, 0), 0)\nwhile _1:\n  pass\n"
                  "return x"));
  // Values that refer to themselves end.
  EXPECT_NE(texts("_1 = torch.neg(_1)\nif torch.any(_1):\n  pass\nreturn x"),
            "");
}

}  // namespace
}  // namespace yolotorch
