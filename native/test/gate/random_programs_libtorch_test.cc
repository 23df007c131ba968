// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Random programs, mostly of operators that the gate allows: what passes the
// gate must neither kill nor hang the process that runs it, take its memory, or
// change a weight or its input.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/operator.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "formats/zip_archive.h"
#include "gate/gate.h"
#include "gate/operators.h"
#include "support.h"
#include "yolotorch/error.h"

namespace yolotorch {
namespace {

constexpr int kPrograms = 5'000;
constexpr int kPerChild = 250;
constexpr rlim_t kCpuSeconds = 120;  // of a child
constexpr rlim_t kMoreMemory = rlim_t{2} << 30;

class ProgramMaker {
 public:
  explicit ProgramMaker(unsigned seed) : random_(seed) {
    for (const auto& op : torch::jit::getAllOperators()) {
      const c10::FunctionSchema& schema = op->schema();
      const std::string name = schema.name();
      const bool out = schema.overload_name().find("out") != std::string::npos;
      if (!name.starts_with("aten::") || out) continue;
      (gate::RuleOf("aten", name.substr(6)) != nullptr ? allowed_ : others_)
          .push_back(&schema);
    }
    // LibTorch's own order depends on which names were used first.
    for (auto* list : {&allowed_, &others_}) {
      std::sort(list->begin(), list->end(), [](const auto* a, const auto* b) {
        return std::tie(a->name(), a->overload_name()) <
               std::tie(b->name(), b->overload_name());
      });
    }
  }

  std::string Body() {
    tensors_ = {"x", "self.weight"};
    std::string body;
    const unsigned count = 1 + Below(5);
    for (unsigned i = 0; i < count; ++i) {
      const auto& list = Below(40) == 0 ? others_ : allowed_;
      const c10::FunctionSchema& schema = *list[Below(list.size())];
      const std::string name = "v" + std::to_string(i);
      body += "  " + name + " = " + Call(schema) + "\n";
      if (schema.returns().size() == 1 &&
          schema.returns()[0].type()->kind() == c10::TypeKind::TensorType) {
        tensors_.push_back(name);
      }
    }
    // All values: what nobody uses would not be computed.
    std::string all = tensors_.back();
    for (unsigned i = 0; i < count; ++i) all += ", v" + std::to_string(i);
    return body + "  return " + all + "\n";
  }

 private:
  unsigned Below(std::size_t end) {
    return static_cast<unsigned>(random_() % end);
  }

  std::string Call(const c10::FunctionSchema& schema) {
    std::string call = "torch." + schema.name().substr(6) + "(";
    for (const c10::Argument& argument : schema.arguments()) {
      const bool optional = argument.default_value().has_value();
      if (optional && (argument.kwarg_only() || Below(3) == 0)) {
        // The others can be left out no more.
        if (argument.kwarg_only() && Below(4) == 0 &&
            argument.name() != "generator") {
          call += argument.name() + "=" + Value(*argument.real_type()) + ", ";
          continue;
        }
        if (!argument.kwarg_only()) break;
        continue;
      }
      if (argument.kwarg_only()) call += argument.name() + "=";
      call += Value(*argument.real_type()) + ", ";
    }
    return call + ")";
  }

  std::string Number() {
    constexpr std::array kNumbers = std::to_array<std::string_view>(
        {"0", "1", "2", "3", "4", "8", "64", "-1", "-2", "-3", "7", "100",
         "65536", "2147483648", "-2147483648", "9223372036854775807"});
    return std::string(kNumbers[Below(Below(3) == 0 ? kNumbers.size() : 8)]);
  }

  std::string Value(const c10::Type& type) {
    switch (type.kind()) {
      case c10::TypeKind::TensorType:
        return tensors_[Below(tensors_.size())];
      case c10::TypeKind::OptionalType:
        if (Below(2) == 0) return "None";
        return Value(*type.containedType(0));
      case c10::TypeKind::ListType: {
        std::string list = "[";
        const unsigned count = Below(5);
        for (unsigned i = 0; i < count; ++i) {
          list += Value(*type.containedType(0)) + ", ";
        }
        return list + "]";
      }
      case c10::TypeKind::FloatType:
        return Below(2) == 0 ? "0.5" : Below(2) == 0 ? "-1.5" : "1e38";
      case c10::TypeKind::NumberType:
        return Below(2) == 0 ? "0.5" : Number();
      case c10::TypeKind::BoolType:
        return Below(2) == 0 ? "True" : "False";
      case c10::TypeKind::StringType:
        return Below(2) == 0 ? "\"mean\"" : "\"constant\"";
      case c10::TypeKind::DeviceObjType:
        return "torch.device(\"cpu\")";
      default:
        return Number();  // also the types of elements and layouts
    }
  }

  std::mt19937 random_;
  std::vector<const c10::FunctionSchema*> allowed_;
  std::vector<const c10::FunctionSchema*> others_;
  std::vector<std::string> tensors_;
};

struct Counts {
  int compiled = 0;
  int accepted = 0;
  int ran = 0;
  int wrote = 0;
  int index = 0;        // of the program that was begun
  bool passed = false;  // whether it had passed the gate
};

at::Tensor Input() {
  return at::arange(192, at::kFloat).view({1, 3, 8, 8}) / 64;
}

at::Tensor Weight() { return at::arange(108, at::kFloat).view({4, 3, 3, 3}); }

// `tell` is called before the program is compiled by LibTorch as a user's,
// which evaluates constants, and again before it runs.
void Try(const std::string& body, const std::function<void()>& tell,
         Counts* counts) {
  counts->passed = false;
  tell();
  std::stringstream file;
  try {
    torch::jit::Module module("__torch__.M");
    module.register_parameter("weight", Weight(), false);
    module.define("def forward(self, x: Tensor):\n" + body);
    module.save(file);
  } catch (const std::exception&) {
    return;
  }
  ++counts->compiled;
  const std::string text = file.str();
  const test::Bytes bytes = test::ToBytes(text);
  try {
    gate::CheckArchive(formats::ZipArchive(bytes, "m"), "m", false);
  } catch (const Error&) {
    return;
  }
  ++counts->accepted;
  counts->passed = true;
  tell();
  try {
    const c10::InferenceMode mode;
    torch::jit::Module module = torch::jit::load(file);
    const at::Tensor input = Input();
    try {
      module.forward({input});
      ++counts->ran;
    } catch (const std::exception&) {
      // An error is an answer.
    }
    const bool same = input.equal(Input()) &&
                      module.attr("weight").toTensor().equal(Weight());
    if (!same) {
      ++counts->wrote;
      printf("This program writes:\n%s", body.c_str());
      fflush(stdout);
    }
  } catch (const std::exception&) {
    return;
  }
}

// Tries the programs from number `*begin` on in a child process, and sets it to
// where the next one has to begin; false if a program that passed ended it.
bool RunChild(unsigned seed, Counts* sum, std::string* last, int* begin) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return false;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const rlimit cpu{kCpuSeconds, kCpuSeconds};
    setrlimit(RLIMIT_CPU, &cpu);
    rlimit memory{};
    getrlimit(RLIMIT_DATA, &memory);
    memory.rlim_cur = kMoreMemory;
    setrlimit(RLIMIT_DATA, &memory);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    at::set_num_threads(1);
    // LibTorch warns of much that random programs do.
    if (freopen("/dev/null", "w", stderr) == nullptr) _exit(2);
    ProgramMaker maker(seed);
    Counts counts;
    const auto tell = [&] {
      if (write(ends[1], &counts, sizeof counts) != sizeof counts) _exit(2);
    };
    for (; counts.index < kPerChild; ++counts.index) {
      const std::string body = maker.Body();
      if (counts.index >= *begin) Try(body, tell, &counts);
    }
    tell();
    _exit(0);
  }
  close(ends[1]);
  Counts counts;
  for (Counts one; read(ends[0], &one, sizeof one) == sizeof one;) counts = one;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  sum->compiled += counts.compiled;
  sum->accepted += counts.accepted;
  sum->ran += counts.ran;
  sum->wrote += counts.wrote;
  *begin = counts.index + 1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  if (!counts.passed) return true;
  ProgramMaker maker(seed);
  for (int i = 0; i <= counts.index; ++i) *last = maker.Body();
  *last += " ended by " + std::to_string(status);
  return false;
}

TEST(GateProgram, RandomOnesThatPassDoNoHarm) {
  Counts sum;
  int deaths = 0;
  // Others by --gtest_random_seed.
  const int first = 1 + 1'000 * testing::UnitTest::GetInstance()->random_seed();
  for (int i = 0; i < kPrograms / kPerChild; ++i) {
    // Behind a program that ended its process comes another process.
    for (int begin = 0; begin < kPerChild;) {
      std::string last;
      if (!RunChild(static_cast<unsigned>(first + i), &sum, &last, &begin)) {
        ++deaths;
        ADD_FAILURE() << last;
      }
    }
  }
  test::Figure("random_programs", kPrograms, "programs");
  test::Figure("random_programs_compiled", sum.compiled, "programs");
  test::Figure("random_programs_accepted", sum.accepted, "programs");
  test::Figure("random_programs_ran", sum.ran, "programs");
  test::Figure("random_programs_wrote", sum.wrote, "programs");
  test::Figure("random_programs_deaths", deaths, "processes");
  EXPECT_EQ(sum.wrote, 0);
  EXPECT_GT(sum.ran, kPrograms / 50);
}

}  // namespace
}  // namespace yolotorch
