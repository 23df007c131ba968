// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/passes.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "runtime/convolution_step.h"
#include "runtime/layer_steps.h"
#include "runtime/transposed_step.h"

namespace yolotorch::runtime {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
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

bool Is(const Node* node, std::string_view kind) {
  return node->kind().toQualString() == kind;
}

// No stride, padding, side or number of channels is larger in any network.
constexpr std::int64_t kMostPixels = 1 << 16;

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
  // input's type, which ConvolutionStep does by itself.
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

  // A transposed convolution that TransposedStep can do.
  struct Transposed {
    at::Tensor weight;
    std::optional<at::Tensor> bias;
  };
  [[nodiscard]] std::optional<Transposed> AsTransposed(const Node* node) const {
    const bool traced = Is(node, "aten::_convolution");
    if (!traced && !Is(node, "aten::conv_transpose2d")) return std::nullopt;
    // conv_transpose2d(x, weight, bias, stride, padding, output_padding,
    // groups, dilation); _convolution as below.
    if (traced && !IsFlag(node->input(6), true)) return std::nullopt;
    const auto weight = Filters(node->input(1));
    const auto stride = Pair(node->input(3));
    const std::vector<std::int64_t> zeros = {0, 0};
    const std::vector<std::int64_t> ones = {1, 1};
    if (!weight || Pair(node->input(4)) != zeros ||
        Pair(node->input(traced ? 7 : 5)) != zeros ||
        Pair(node->input(traced ? 5 : 7)) != ones ||
        GroupsOf(node->input(traced ? 8 : 6)) != 1 ||
        stride != std::vector<std::int64_t>{weight->size(2), weight->size(3)}) {
      return std::nullopt;
    }
    Transposed convolution{*weight, std::nullopt};
    if (!SetBias(node->input(2), weight->size(1), &convolution.bias)) {
      return std::nullopt;
    }
    return convolution;
  }

  // The convolution that `node` is, if all of it but its input is constant.
  // Only sizes that a network could have are taken: what else a file may say
  // is for LibTorch to judge.
  [[nodiscard]] std::optional<ConvolutionFacts> AsConvolution(
      const Node* node) const {
    const bool traced = Is(node, "aten::_convolution");
    if (!traced && !Is(node, "aten::conv2d")) return std::nullopt;
    // _convolution(x, weight, bias, stride, padding, dilation, transposed,
    // output_padding, groups, ...), conv2d without those of transposed ones.
    if (traced && !IsFlag(node->input(6), false)) return std::nullopt;
    const auto weight = Filters(node->input(1));
    const auto stride = Pair(node->input(3));
    const auto padding = Pair(node->input(4));
    const auto dilation = Pair(node->input(5));
    const auto groups = GroupsOf(node->input(traced ? 8 : 6));
    if (!weight || !IsWithin(stride, 1) || !IsWithin(padding, 0) ||
        !IsWithin(dilation, 1) || !groups || weight->size(0) % *groups != 0) {
      return std::nullopt;
    }
    ConvolutionFacts convolution{*weight,  std::nullopt, *stride,
                                 *padding, *dilation,    *groups};
    if (!SetBias(node->input(2), weight->size(0), &convolution.bias)) {
      return std::nullopt;
    }
    return convolution;
  }

 private:
  static bool IsWithin(const std::optional<std::vector<std::int64_t>>& pair,
                       std::int64_t least) {
    return pair &&
           std::all_of(pair->begin(), pair->end(), [&](std::int64_t number) {
             return number >= least && number <= kMostPixels;
           });
  }

  [[nodiscard]] bool IsFlag(const Value* value, bool wanted) const {
    const auto flag = Of(value);
    return flag && flag->isBool() && flag->toBool() == wanted;
  }

  [[nodiscard]] std::optional<std::int64_t> GroupsOf(const Value* value) const {
    const auto groups = Of(value);
    if (!groups || !groups->isInt() || groups->toInt() < 1) return std::nullopt;
    return groups->toInt();
  }

  // Four sizes, none of them zero, none beyond any network's.
  [[nodiscard]] std::optional<at::Tensor> Filters(const Value* value) const {
    auto weight = Weight(value);
    if (!weight || weight->dim() != 4) return std::nullopt;
    for (const std::int64_t size : weight->sizes()) {
      if (size < 1 || size > kMostPixels) return std::nullopt;
    }
    return weight;
  }

  // False if there is a bias that is not one constant a channel.
  [[nodiscard]] bool SetBias(const Value* value, std::int64_t channels,
                             std::optional<at::Tensor>* bias) const {
    const auto none = Of(value);
    if (none && none->isNone()) return true;
    *bias = Weight(value);
    return *bias && (*bias)->dim() == 1 && (*bias)->size(0) == channels;
  }

  c10::IValue self_;
  const Value* input_;
};

bool IsTensor(const Value* value) {
  return value->type()->isSubtypeOf(*c10::TensorType::get());
}

// Whether `value` is a tensor that an operator of LibTorch made anew, seen
// through views of it.
bool IsFresh(const Value* value) {
  for (;;) {
    const Node* node = value->node();
    const auto* schema = node->maybeSchema();
    if (schema == nullptr || StepOf(node) != nullptr) return false;
    const auto& returned = schema->returns().at(value->offset());
    // These may give what they got, although their schemas do not say so.
    const bool may_pass_on =
        Is(node, "aten::dropout") || Is(node, "aten::feature_dropout") ||
        Is(node, "aten::alpha_dropout") ||
        Is(node, "aten::feature_alpha_dropout") || Is(node, "aten::type_as");
    if (returned.alias_info() == nullptr && !may_pass_on) return true;
    value = node->input(0);
  }
}

// The nodes of a graph that change tensors in place.
class Writers {
 public:
  explicit Writers(Graph* graph) {
    for (const Node* node : NodesOf(graph)) {
      if (std::any_of(
              node->inputs().begin(), node->inputs().end(),
              [&](const Value* input) { return Writes(node, input); })) {
        nodes_.push_back(node);
      }
    }
  }

  // Whether one of them may run after `first` and before `last`, so that what
  // is read in between cannot be read at another time.
  [[nodiscard]] bool AreBetween(const Node* first, const Node* last) const {
    return std::any_of(nodes_.begin(), nodes_.end(), [&](const Node* node) {
      return node->isAfter(first) && node->isBefore(last);
    });
  }

 private:
  static bool Writes(const Node* node, const Value* input) {
    if (StepOf(node) != nullptr || !IsTensor(input)) return false;
    const auto* schema = node->maybeSchema();
    if (schema == nullptr) return false;
    for (std::size_t i = 0; i < schema->arguments().size(); ++i) {
      const auto* alias = schema->arguments()[i].alias_info();
      if (alias != nullptr && alias->isWrite() && node->input(i) == input) {
        return true;
      }
    }
    return false;
  }

  std::vector<const Node*> nodes_;
};

// Whether the graph changes tensors in place that steps may have written.
bool ChangesSteps(Graph* graph) {
  for (const Node* node : NodesOf(graph)) {
    if (StepOf(node) != nullptr) continue;
    const auto* schema = node->maybeSchema();
    if (schema == nullptr) continue;
    const auto& arguments = schema->arguments();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto* alias = arguments[i].alias_info();
      if (alias != nullptr && alias->isWrite() && IsTensor(node->input(i)) &&
          !IsFresh(node->input(i))) {
        return true;
      }
    }
  }
  return false;
}

// A constant that is a whole number.
std::optional<std::int64_t> WholeNumber(const Value* value) {
  const auto constant = torch::jit::toIValue(value);
  if (!constant || !constant->isInt()) return std::nullopt;
  return constant->toInt();
}

// A list of constants, which an empty one or None is not.
std::optional<std::vector<double>> Numbers(const Value* value) {
  std::vector<double> numbers;
  const auto add = [&](const c10::IValue& number) {
    if (!number.isScalar()) return false;
    numbers.push_back(number.toScalar().toDouble());
    return true;
  };
  if (const auto constant = torch::jit::toIValue(value)) {
    if (!constant->isList()) return std::nullopt;
    for (const c10::IValue& number : constant->toListRef()) {
      if (!add(number)) return std::nullopt;
    }
  } else if (value->node()->kind() == c10::prim::ListConstruct) {
    for (const Value* element : value->node()->inputs()) {
      const auto number = torch::jit::toIValue(element);
      if (!number || !add(*number)) return std::nullopt;
    }
  }
  if (numbers.empty()) return std::nullopt;
  return numbers;
}

std::optional<std::vector<std::int64_t>> WholeNumbers(const Value* value,
                                                      std::size_t count) {
  const auto numbers = Numbers(value);
  if (!numbers) return std::nullopt;
  std::vector<std::int64_t> whole;
  for (const double number : *numbers) {
    whole.push_back(static_cast<std::int64_t>(number));
    if (static_cast<double>(whole.back()) != number) return std::nullopt;
  }
  if (whole.size() == 1) whole.resize(count, whole[0]);
  if (whole.size() != count) return std::nullopt;
  return whole;
}

void ReplacePool(Node* node, const std::shared_ptr<MemoryPool>& pool,
                 std::size_t* count) {
  // max_pool2d(x, kernel_size, stride, padding, dilation, ceil_mode)
  const auto kernel = WholeNumbers(node->input(1), 2);
  const auto stride = WholeNumbers(node->input(2), 2);
  const auto padding = WholeNumbers(node->input(3), 2);
  const auto dilation = WholeNumbers(node->input(4), 2);
  const auto ceil = torch::jit::toIValue(node->input(5));
  if (!kernel || !stride || !padding ||
      dilation != std::vector<std::int64_t>{1, 1} || !ceil || !ceil->isBool() ||
      ceil->toBool() || (*kernel)[0] < 1 || (*kernel)[1] < 1 ||
      (*stride)[0] < 1 || (*stride)[1] < 1 || (*padding)[0] < 0 ||
      (*padding)[1] < 0 || (*padding)[0] > (*kernel)[0] / 2 ||
      (*padding)[1] > (*kernel)[1] / 2) {
    return;
  }
  ReplaceByStep(
      node, "max_pool2d",
      c10::make_intrusive<MaxPoolStep>(pool, *kernel, *stride, *padding),
      {node->input(0)});
  ++*count;
}

void ReplaceUpsample(Node* node, const std::shared_ptr<MemoryPool>& pool,
                     std::size_t* count) {
  // upsample_nearest2d(x, output_size, scale_factors)
  if (node->inputs().size() != 3) return;
  const auto none = torch::jit::toIValue(node->input(1));
  const auto factors = WholeNumbers(node->input(2), 2);
  if (!none || !none->isNone() || !factors || (*factors)[0] < 1 ||
      (*factors)[1] < 1) {
    return;
  }
  ReplaceByStep(
      node, "upsample_nearest2d",
      c10::make_intrusive<UpsampleStep>(pool, (*factors)[0], (*factors)[1]),
      {node->input(0)});
  ++*count;
}

// What takes a tensor apart along its channels.
bool IsSplit(const Node* node) {
  if (Is(node, "aten::chunk")) return WholeNumber(node->input(2)) == 1;
  return (Is(node, "aten::split_with_sizes") || Is(node, "aten::split")) &&
         WholeNumber(node->input(2)) == 1;
}

// The channels of tensors, as far as they do not depend on the run.
class ChannelCounts {
 public:
  std::optional<std::int64_t> Of(const Value* value) {
    const auto known = known_.find(value);
    if (known != known_.end()) return known->second;
    const auto count = Count(value);
    known_[value] = count;
    return count;
  }

 private:
  std::optional<std::int64_t> Count(const Value* value) {
    const Node* node = value->node();
    if (const auto* step = StepOf<ConvolutionStep>(node)) {
      return step->out_channels();
    }
    if (StepOf<MaxPoolStep>(node) != nullptr ||
        StepOf<UpsampleStep>(node) != nullptr) {
      return Of(node->input(0));
    }
    if (StepOf<ConcatStep>(node) != nullptr) {
      std::int64_t sum = 0;
      for (const Value* part : node->input(0)->node()->inputs()) {
        const auto channels = Of(part);
        // More than there can be is not to be counted.
        if (!channels || (sum += *channels) > kMostChannels) {
          return std::nullopt;
        }
      }
      return sum;
    }
    if (node->kind() == c10::prim::ListUnpack &&
        IsSplit(node->input()->node())) {
      return Part(node->input()->node(), value->offset(),
                  node->outputs().size());
    }
    return std::nullopt;
  }

  // The channels of part `index` of `count`.
  std::optional<std::int64_t> Part(const Node* split, std::size_t index,
                                   std::size_t count) {
    if (Is(split, "aten::split_with_sizes")) {
      const auto sizes = WholeNumbers(split->input(1), count);
      if (!sizes || (*sizes)[index] < 1) return std::nullopt;
      return (*sizes)[index];
    }
    const auto channels = Of(split->input(0));
    const auto number = WholeNumber(split->input(1));
    if (!channels || !number || *number < 1) return std::nullopt;
    const std::int64_t size =
        Is(split, "aten::chunk") ? (*channels - 1) / *number + 1 : *number;
    const auto before = static_cast<std::int64_t>(index);
    if (size > *channels || before > *channels / size) return std::nullopt;
    const std::int64_t rest = *channels - before * size;
    if (rest < 1) return std::nullopt;
    return std::min(rest, size);
  }

  static constexpr std::int64_t kMostChannels = std::int64_t{1} << 31;
  std::map<const Value*, std::optional<std::int64_t>> known_;
};

// Whether `node` was given these two dimensions, in any order.
bool HasDimensions(const Node* node, std::int64_t a, std::int64_t b) {
  const auto first = WholeNumber(node->input(1));
  const auto second = WholeNumber(node->input(2));
  return (first == a && second == b) || (first == b && second == a);
}

// The only node that `value` comes from and goes to, if it is of that kind.
Node* Link(Value* value, std::string_view kind) {
  Node* node = value->node();
  return Is(node, kind) && value->uses().size() == 1 ? node : nullptr;
}

bool IsSwapOfLast(const Node* node) {
  return HasDimensions(node, -2, -1) || HasDimensions(node, 2, 3);
}

bool IsSoftmax(const Node* node, std::int64_t dimension) {
  const auto type = torch::jit::toIValue(node->input(2));
  return WholeNumber(node->input(1)) == dimension && type && type->isNone();
}

// matmul(v, softmax(matmul(q^T, k) * scale, -1)^T), where q, k and v are the
// parts of one tensor.
bool ReplaceAttention(Node* node, const Writers& writers,
                      const std::shared_ptr<MemoryPool>& pool) {
  if (!Is(node, "aten::matmul")) return false;
  Node* turned = Link(node->input(1), "aten::transpose");
  if (turned == nullptr || !IsSwapOfLast(turned)) return false;
  Node* softmax = Link(turned->input(0), "aten::softmax");
  if (softmax == nullptr ||
      (!IsSoftmax(softmax, -1) && !IsSoftmax(softmax, 3))) {
    return false;
  }
  Node* scaled = Link(softmax->input(0), "aten::mul");
  if (scaled == nullptr) return false;
  const auto factor = torch::jit::toIValue(scaled->input(1));
  if (!factor || (!factor->isDouble() &&
                  !(factor->isTensor() && factor->toTensor().numel() == 1))) {
    return false;
  }
  const double scale = factor->isDouble() ? factor->toDouble()
                                          : factor->toTensor().item<double>();
  Node* product = Link(scaled->input(0), "aten::matmul");
  if (product == nullptr || !(scale > 0)) return false;
  Node* query = Link(product->input(0), "aten::transpose");
  if (query == nullptr || !IsSwapOfLast(query)) return false;
  Node* unpack = query->input(0)->node();
  if (unpack->kind() != c10::prim::ListUnpack ||
      unpack->outputs().size() != 3 || query->input(0) != unpack->output(0) ||
      product->input(1) != unpack->output(1) ||
      node->input(0) != unpack->output(2)) {
    return false;
  }
  Node* split = unpack->input()->node();
  if (!Is(split, "aten::split_with_sizes") ||
      WholeNumber(split->input(2)) != 2) {
    return false;
  }
  const auto sizes = WholeNumbers(split->input(1), 3);
  if (writers.AreBetween(product, node) || !sizes ||
      (*sizes)[0] != (*sizes)[1] || (*sizes)[0] < 1 || (*sizes)[2] < 1) {
    return false;
  }
  ReplaceByStep(node, "attention",
                c10::make_intrusive<AttentionStep>(
                    pool, (*sizes)[0], (*sizes)[2], static_cast<float>(scale)),
                {split->input(0)});
  return true;
}

// A convolution of one output channel over softmax(x^T, 1).
bool ReplaceExpectation(Node* node, const Writers& writers,
                        const std::shared_ptr<MemoryPool>& pool) {
  const auto* step = StepOf<ConvolutionStep>(node);
  if (step == nullptr) return false;
  const auto values = step->PlainWeights();
  if (!values) return false;
  Node* softmax = Link(node->input(0), "aten::softmax");
  if (softmax == nullptr || !IsSoftmax(softmax, 1)) return false;
  Node* turned = Link(softmax->input(0), "aten::transpose");
  if (turned == nullptr || !HasDimensions(turned, 1, 2) ||
      writers.AreBetween(softmax, node)) {
    return false;
  }
  ReplaceByStep(node, "expectation",
                c10::make_intrusive<ExpectationStep>(pool, *values),
                {turned->input(0)});
  return true;
}

// Has the node write its output there; false when it cannot.
bool PlaceOutput(Node* node, const Place& place,
                 std::set<const Node*>* placed) {
  if (node->owningBlock() != node->owningGraph()->block()) return false;
  if (placed->count(node) > 0) return false;
  if (auto* step = StepOf<ConvolutionStep>(node)) {
    step->set_place(place);
  } else if (auto* pool = StepOf<MaxPoolStep>(node)) {
    pool->set_place(place);
  } else if (auto* upsample = StepOf<UpsampleStep>(node)) {
    upsample->set_place(place);
  } else {
    return false;
  }
  placed->insert(node);
  return true;
}

// The number of values from `i` on that are all parts of one split, in order.
std::size_t SplitRun(const std::vector<Value*>& values, std::size_t i) {
  const Node* unpack = values[i]->node();
  if (unpack->kind() != c10::prim::ListUnpack ||
      !IsSplit(unpack->input()->node())) {
    return 0;
  }
  const auto outputs = unpack->outputs();
  if (i + outputs.size() > values.size()) return 0;
  return std::equal(outputs.begin(), outputs.end(),
                    values.begin() + static_cast<std::ptrdiff_t>(i))
             ? outputs.size()
             : 0;
}

// What passes a tensor on without reading it.
bool IsView(const Node* node) {
  return IsSplit(node) || Is(node, "aten::slice") ||
         node->kind() == c10::prim::ListUnpack ||
         node->kind() == c10::prim::ListConstruct;
}

// Steps whose output has the type of their input.
bool KeepsType(const Node* node) {
  return StepOf<ConcatStep>(node) != nullptr ||
         StepOf<MaxPoolStep>(node) != nullptr ||
         StepOf<UpsampleStep>(node) != nullptr;
}

using Nodes = std::set<const Node*>;

// Whether somebody reads `value` who needs float32, when the steps of `narrow`
// give bfloat16.
// Each value of `seen` is looked at once.
bool NeedsFloat(const Value* value, const Nodes& narrow,
                std::set<const Value*>* seen) {
  if (!seen->insert(value).second) return false;
  for (const torch::jit::Use& use : value->uses()) {
    const Node* user = use.user;
    if (const Step* step = StepOf(user)) {
      const bool same = KeepsType(user) || use.offset > 0;
      if (!step->TakesBfloat16(use.offset) ||
          (same && narrow.count(user) == 0)) {
        return true;
      }
    } else if (IsView(user)) {
      for (const Value* output : user->outputs()) {
        if (NeedsFloat(output, narrow, seen)) return true;
      }
    } else if (!Is(user, "aten::size")) {
      return true;
    }
  }
  return false;
}

// Whether all that `value` consists of is made by steps of `narrow`.
bool IsNarrow(const Value* value, const Nodes& narrow,
              std::set<const Value*>* seen) {
  if (!seen->insert(value).second) return true;
  const Node* node = value->node();
  if (!IsView(node)) return narrow.count(node) > 0;
  if (IsSplit(node) || Is(node, "aten::slice")) {
    return IsNarrow(node->input(0), narrow, seen);
  }
  return std::all_of(
      node->inputs().begin(), node->inputs().end(),
      [&](const Value* input) { return IsNarrow(input, narrow, seen); });
}

}  // namespace

std::size_t PackConvolutions(const torch::jit::Module& self, Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  if (!ConvolutionStep::IsAvailable() || ChangesAttributes(nodes)) return 0;
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    const auto convolution = constants.AsConvolution(node);
    if (!convolution) continue;
    ReplaceByStep(node, "convolution",
                  c10::make_intrusive<ConvolutionStep>(*convolution),
                  {node->input(0)});
    ++count;
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

std::size_t UseOwnKernels(const torch::jit::Module& self, Graph* graph,
                          const std::shared_ptr<MemoryPool>& pool) {
  const std::vector<Node*> nodes = NodesOf(graph);
  const bool constant = !ChangesAttributes(nodes);
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    const auto transposed =
        constant ? constants.AsTransposed(node) : std::nullopt;
    if (transposed) {
      ReplaceByStep(node, "conv_transpose2d",
                    c10::make_intrusive<TransposedStep>(
                        pool, transposed->weight, transposed->bias),
                    {node->input(0)});
      ++count;
    } else if (auto* step = StepOf<ConvolutionStep>(node)) {
      step->UseOwnKernels(pool);
      ++count;
    } else if (Is(node, "aten::cat") && WholeNumber(node->input(1)) == 1 &&
               node->input(0)->node()->kind() == c10::prim::ListConstruct) {
      ReplaceByStep(node, "concat", c10::make_intrusive<ConcatStep>(pool),
                    {node->input(0)});
      ++count;
    } else if (Is(node, "aten::cat") && (WholeNumber(node->input(1)) == 2 ||
                                         WholeNumber(node->input(1)) == -1)) {
      ReplaceByStep(
          node, "levels",
          c10::make_intrusive<LevelsStep>(pool, *WholeNumber(node->input(1))),
          {node->input(0)});
      ++count;
    } else if (Is(node, "aten::max_pool2d")) {
      ReplacePool(node, pool, &count);
    } else if (Is(node, "aten::upsample_nearest2d")) {
      ReplaceUpsample(node, pool, &count);
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

std::size_t FuseActivations(Graph* graph) {
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    if (!Is(node, "aten::silu") && !Is(node, "aten::silu_")) continue;
    Value* input = node->input(0);
    auto* step = StepOf<ConvolutionStep>(input->node());
    if (step == nullptr || input->uses().size() != 1 || step->silu() ||
        step->has_residual() ||
        node->owningBlock() != input->node()->owningBlock()) {
      continue;
    }
    step->set_silu();
    node->output()->replaceAllUsesWith(input);
    node->destroy();
    ++count;
  }
  return count;
}

std::size_t FuseAdditions(Graph* graph) {
  const Writers writers(graph);
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    if (!Is(node, "aten::add") || node->inputs().size() != 3 ||
        !IsTensor(node->input(0)) || !IsTensor(node->input(1)) ||
        WholeNumber(node->input(2)) != 1) {
      continue;
    }
    for (const std::size_t i : {0U, 1U}) {
      Value* sum = node->input(i);
      Value* other = node->input(1 - i);
      Node* producer = sum->node();
      auto* step = StepOf<ConvolutionStep>(producer);
      if (step == nullptr || sum->uses().size() != 1 || step->has_residual() ||
          producer->owningBlock() != node->owningBlock() ||
          other->node()->owningBlock() != node->owningBlock() ||
          (other->node()->kind() != c10::prim::Param &&
           !other->node()->isBefore(producer)) ||
          writers.AreBetween(producer, node)) {
        continue;
      }
      step->set_residual();
      producer->addInput(other);
      node->output()->replaceAllUsesWith(sum);
      node->destroy();
      ++count;
      break;
    }
  }
  return count;
}

std::size_t FuseSoftmax(Graph* graph, const std::shared_ptr<MemoryPool>& pool) {
  std::size_t count = 0;
  const Writers writers(graph);
  for (Node* node : NodesOf(graph)) {
    if (ReplaceAttention(node, writers, pool) ||
        ReplaceExpectation(node, writers, pool)) {
      ++count;
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

std::size_t FuseSigmoids(Graph* graph) {
  const Writers writers(graph);
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    auto* concat = StepOf<ConcatStep>(node);
    if (concat == nullptr || node->input(0)->uses().size() != 1) continue;
    Node* list = node->input(0)->node();
    for (std::size_t i = 0; i < list->inputs().size(); ++i) {
      Node* sigmoid = list->input(i)->node();
      if (!Is(sigmoid, "aten::sigmoid") ||
          sigmoid->output()->uses().size() != 1 ||
          sigmoid->owningBlock() != node->owningBlock() ||
          writers.AreBetween(sigmoid, node)) {
        continue;
      }
      list->replaceInput(i, sigmoid->input(0));
      sigmoid->destroy();
      concat->AddSigmoid(i);
      ++count;
    }
  }
  return count;
}

std::size_t PlaceParts(Graph* graph) {
  if (ChangesSteps(graph)) return 0;
  std::size_t count = 0;
  std::set<const Node*> placed;
  ChannelCounts channels;
  for (Node* node : NodesOf(graph)) {
    auto* concat = StepOf<ConcatStep>(node);
    if (concat == nullptr || concat->has_sigmoids() ||
        node->owningBlock() != graph->block()) {
      continue;
    }
    const auto total = channels.Of(node->output());
    if (!total) continue;
    concat->joint()->channels = *total;
    const std::vector<Value*> parts = node->input(0)->node()->inputs().vec();
    std::int64_t channel = 0;
    for (std::size_t i = 0; i < parts.size();) {
      const Place place{concat->joint(), channel};
      std::size_t run = SplitRun(parts, i);
      Node* producer = parts[i]->node();
      if (run > 0) producer = producer->input()->node()->input(0)->node();
      const bool done = PlaceOutput(producer, place, &placed);
      run = std::max<std::size_t>(run, 1);
      if (done) count += run;
      for (const std::size_t end = i + run; i < end; ++i) {
        channel += *channels.Of(parts[i]);
      }
    }
  }
  return count;
}

std::size_t BindAttributes(const torch::jit::Module& self, Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  if (ChangesAttributes(nodes)) return 0;
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    if (node->kind() != c10::prim::GetAttr) continue;
    auto constant = constants.Of(node->output());
    if (!constant || constant->isObject()) continue;
    if (constant->isTensor()) constant = constant->toTensor().detach();
    const torch::jit::WithInsertPoint guard(node);
    if (auto* value = torch::jit::tryInsertConstant(*graph, *constant)
                          .value_or(nullptr)) {
      node->output()->replaceAllUsesWith(value);
      ++count;
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

std::size_t UseBfloat16(Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  Nodes narrow;
  for (const Node* node : nodes) {
    const Step* step = StepOf(node);
    if (step != nullptr && step->GivesBfloat16()) narrow.insert(node);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Node* node : nodes) {
      if (narrow.count(node) == 0) continue;
      std::set<const Value*> down;
      std::set<const Value*> up;
      if (NeedsFloat(node->output(), narrow, &down) ||
          (KeepsType(node) && !IsNarrow(node->input(0), narrow, &up))) {
        narrow.erase(node);
        changed = true;
      }
    }
  }
  for (const Node* node : narrow) {
    StepOf(node)->set_output_type(at::kBFloat16);
  }
  return narrow.size();
}

}  // namespace yolotorch::runtime
