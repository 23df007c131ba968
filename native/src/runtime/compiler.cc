// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/compiler.h"

#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string_view>

#include "runtime/kernels.h"
#include "runtime/packed_convolution.h"

namespace yolotorch::runtime {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Stack;
using torch::jit::Value;

void CollectNodes(Block* block, std::vector<Node*>* nodes) {
  for (Node* node : block->nodes()) {
    nodes->push_back(node);
    for (Block* inner : node->blocks()) CollectNodes(inner, nodes);
  }
}

// All nodes, those within others too; a list of its own, so that they may be
// replaced on the way.
std::vector<Node*> NodesOf(Graph* graph) {
  std::vector<Node*> nodes;
  CollectNodes(graph->block(), &nodes);
  return nodes;
}

// Modules within modules: networks have about ten.
constexpr int kMaxCallDepth = 64;

bool Is(const Node* node, std::string_view kind) {
  return node->kind().toQualString() == kind;
}

// Whether the code gives an attribute another value, or may change a tensor
// that it holds, also by way of a view.
bool ChangesAttributes(const std::vector<Node*>& nodes) {
  for (const Node* node : nodes) {
    if (node->kind() == c10::prim::SetAttr) return true;
    const std::string_view kind = node->kind().toQualString();
    if (!kind.ends_with("_")) continue;
    while (!node->inputs().empty()) {
      node = node->input(0)->node();
      if (node->kind() == c10::prim::GetAttr) return true;
    }
  }
  return false;
}

// The constants and attributes of a graph whose first input is the module.
class Constants {
 public:
  Constants(const torch::jit::Module& self, const Graph* graph)
      : self_(self._ivalue()), input_(graph->inputs()[0]) {}

  // What `value` is in every run; nothing when that depends on the run.
  [[nodiscard]] std::optional<c10::IValue> Of(const Value* value) const {
    if (value == input_) return c10::IValue(self_);
    const Node* node = value->node();
    if (node->kind() == c10::prim::Constant) return torch::jit::toIValue(value);
    if (node->kind() != c10::prim::GetAttr) return std::nullopt;
    const auto owner = Of(node->input());
    if (!owner || !owner->isObject()) return std::nullopt;
    return owner->toObjectRef().getAttr(node->s(c10::attr::name));
  }

  // A float32 tensor of the CPU. Archives in half precision cast it to the
  // input's type, which PackedConvolution does by itself.
  [[nodiscard]] std::optional<at::Tensor> Weight(const Value* value) const {
    const Node* node = value->node();
    if (Is(node, "aten::type_as")) return Weight(node->input(0));
    const auto constant = Of(value);
    if (!constant || !constant->isTensor()) return std::nullopt;
    const at::Tensor& tensor = constant->toTensor();
    if (!tensor.defined() || !tensor.device().is_cpu() ||
        tensor.layout() != at::kStrided || tensor.scalar_type() != at::kFloat) {
      return std::nullopt;
    }
    return tensor.detach();
  }

  // Two integers.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> Pair(
      const Value* value) const {
    std::vector<std::int64_t> pair;
    const auto constant = Of(value);
    if (constant && constant->isIntList()) {
      pair = constant->toIntVector();
    } else if (value->node()->kind() == c10::prim::ListConstruct) {
      for (const Value* element : value->node()->inputs()) {
        const auto number = Of(element);
        if (!number || !number->isInt()) return std::nullopt;
        pair.push_back(number->toInt());
      }
    }
    if (pair.size() == 1) pair.push_back(pair[0]);
    if (pair.size() != 2) return std::nullopt;
    return pair;
  }

  // The convolution that `node` is, if all of it but its input is constant.
  [[nodiscard]] std::optional<Convolution> AsConvolution(
      const Node* node) const {
    const bool traced = Is(node, "aten::_convolution");
    if (!traced && !Is(node, "aten::conv2d")) return std::nullopt;
    // _convolution(x, weight, bias, stride, padding, dilation, transposed,
    // output_padding, groups, ...), conv2d without those of transposed ones.
    if (traced) {
      const auto transposed = Of(node->input(6));
      if (!transposed || !transposed->isBool() || transposed->toBool()) {
        return std::nullopt;
      }
    }
    const auto weight = Weight(node->input(1));
    const auto stride = Pair(node->input(3));
    const auto padding = Pair(node->input(4));
    const auto dilation = Pair(node->input(5));
    const auto groups = Of(node->input(traced ? 8 : 6));
    if (!weight || weight->dim() != 4 || !stride || !padding || !dilation ||
        !groups || !groups->isInt()) {
      return std::nullopt;
    }
    Convolution convolution{*weight,  std::nullopt, *stride,
                            *padding, *dilation,    groups->toInt()};
    const auto none = Of(node->input(2));
    if (!none || !none->isNone()) {
      convolution.bias = Weight(node->input(2));
      if (!convolution.bias) return std::nullopt;
    }
    return convolution;
  }

 private:
  c10::IValue self_;
  const Value* input_;
};

// Operators of the interpreter alone: no caller outside can reach them.
void RegisterKernels() {
  static std::once_flag once;
  std::call_once(once, [] {
    torch::jit::registerOperator(torch::jit::Operator(
        "yolotorch::silu_(Tensor(a!) x) -> Tensor(a!)",
        [](Stack& stack) { SiluInPlace(stack.back().toTensor()); },
        c10::AliasAnalysisKind::FROM_SCHEMA));
    torch::jit::registerOperator(torch::jit::Operator(
        "yolotorch::concat_channels(Tensor[] tensors) -> Tensor",
        [](Stack& stack) {
          const auto tensors = torch::jit::pop(stack).toTensorList();
          stack.emplace_back(ConcatChannels(tensors));
        },
        c10::AliasAnalysisKind::FROM_SCHEMA));
  });
}

void Replace(Node* node, const char* kind) {
  Node* own = node->owningGraph()->create(c10::Symbol::fromQualString(kind),
                                          {node->input(0)});
  own->insertBefore(node);
  own->output()->copyMetadata(node->output());
  node->output()->replaceAllUsesWith(own->output());
  node->destroy();
}

bool IsConvolution(const Node* node) {
  return Is(node, "yolotorch::packed_convolution") ||
         Is(node, "aten::_convolution") || Is(node, "aten::conv2d");
}

bool HasCalls(Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  return std::any_of(nodes.begin(), nodes.end(), [](const Node* node) {
    return node->kind() == c10::prim::CallMethod ||
           node->kind() == c10::prim::CallFunction;
  });
}

std::shared_ptr<Graph> InlinedForward(const torch::jit::Module& module) {
  const auto graph =
      torch::jit::toGraphFunction(module.get_method("forward").function())
          .graph()
          ->copy();
  // One level of calls at a time, because the optimizer is off.
  for (int depth = 0; HasCalls(graph.get()); ++depth) {
    TORCH_CHECK(depth < kMaxCallDepth, "methods call each other too deeply");
    torch::jit::Inline(*graph);
  }
  return graph;
}

}  // namespace

std::size_t PackConvolutions(const torch::jit::Module& self, Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  if (!PackedConvolution::IsAvailable() || ChangesAttributes(nodes)) return 0;
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    const auto convolution = constants.AsConvolution(node);
    if (!convolution) continue;
    ReplaceByPacked(node, *convolution);
    ++count;
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

std::size_t UseOwnKernels(Graph* graph) {
  RegisterKernels();
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    // A convolution's result is a tensor of its own, so that it can be written
    // over when nobody else reads it.
    const bool silu =
        Is(node, "aten::silu_") ||
        (Is(node, "aten::silu") && IsConvolution(node->input(0)->node()) &&
         node->input(0)->uses().size() == 1);
    if (silu) {
      Replace(node, "yolotorch::silu_");
      ++count;
    } else if (Is(node, "aten::cat")) {
      const auto dimension = torch::jit::toIValue(node->input(1));
      if (!dimension || !dimension->isInt() || dimension->toInt() != 1) {
        continue;
      }
      Replace(node, "yolotorch::concat_channels");
      ++count;
    }
  }
  return count;
}

Program::Program(const torch::jit::Module& module, OptimizeLevel level)
    : module_(module) {
  const std::shared_ptr<Graph> graph = InlinedForward(module);
  packed_ = PackConvolutions(module, graph.get());
  if (level >= OptimizeLevel::kKernels) {
    own_kernels_ = UseOwnKernels(graph.get());
  }
  code_ = torch::jit::Code(graph, "forward");
}

c10::IValue Program::Run(std::vector<c10::IValue> inputs) {
  Stack stack = {module_._ivalue()};
  for (c10::IValue& input : inputs) stack.push_back(std::move(input));
  torch::jit::InterpreterState(code_).run(stack);
  return std::move(stack.back());
}

}  // namespace yolotorch::runtime
