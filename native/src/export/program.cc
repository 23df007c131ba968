// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "export/program.h"

#include <c10/util/Exception.h>

#include <map>
#include <sstream>
#include <string_view>

#include "libtorch/errors.h"
#include "yolotorch/error.h"

// The sources below are TorchScript. Types are written as their numbers, since
// the compiler knows no names for them: 0 is uint8, 6 float32.
namespace yolotorch::exporter {
namespace {

// Replaces every "@NAME@".
std::string Fill(std::string text,
                 const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "@" + name + "@";
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

constexpr char kStaticCheck[] = R"(
def check(self, x: Tensor) -> int:
  if x.size(2) != @H@ or x.size(3) != @W@:
    raise AssertionError("This model was exported for an input of @H@ x @W@ (height x width), but got {} x {}: resize the input, or export the model for that size or with dynamic=True.".format(x.size(2), x.size(3)))
  return 0
)";

constexpr char kDynamicCheck[] = R"(
def check(self, x: Tensor) -> int:
  if x.size(2) % @STRIDE@ != 0 or x.size(3) % @STRIDE@ != 0:
    raise AssertionError("This model takes inputs whose height and width are multiples of @STRIDE@, but got {} x {}.".format(x.size(2), x.size(3)))
  return 0
)";

constexpr char kPlain[] = R"(
def forward(self, x: Tensor):
  self.check(x)
  return self.network(x)
)";

constexpr char kPart[] = R"(
def forward(self, x: Tensor):
  return self.network(x)
)";

// Candidates of one picture, (channels, anchors): rows of box, score, class and
// extras, best first. Numbers that are not finite are left out.
constexpr char kCandidates[] = R"(
def candidates(self, output: Tensor, conf: float) -> Tensor:
  scores, classes = torch.max(output[4:4 + @NC@], 0)
  index = torch.nonzero(scores > conf).squeeze(1)
  chosen = output[:, index].t()
  rows = torch.cat([self.boxes(chosen[:, 0:4]), scores[index].unsqueeze(1), classes[index].unsqueeze(1).type_as(chosen), chosen[:, 4 + @NC@:]], 1)
  rows = rows[torch.isfinite(rows).all(1)]
  order = torch.sort(rows[:, 4], stable=True, dim=0, descending=True)[1]
  return rows[order[0:30000]]
)";

constexpr char kCornerBoxes[] = R"(
def boxes(self, xywh: Tensor) -> Tensor:
  half = xywh[:, 2:4] / 2
  return torch.cat([xywh[:, 0:2] - half, xywh[:, 0:2] + half], 1)
)";

constexpr char kCentreBoxes[] = R"(
def boxes(self, xywh: Tensor) -> Tensor:
  return xywh
)";

constexpr char kGreedy[] = R"(
def suppress(self, rows: Tensor, iou: float, max_det: int, agnostic: bool) -> Tensor:
  boxes = rows[:, 0:4]
  if not agnostic:
    boxes = boxes + rows[:, 5:6] * 7680.
  area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
  rest = torch.nonzero(rows[:, 4] == rows[:, 4]).squeeze(1)
  kept = [rest[0:0]]
  while rest.size(0) > 0 and len(kept) <= max_det:
    best = rest[0:1]
    kept.append(best)
    rest = rest[1:]
    a = boxes[best]
    b = boxes[rest]
    width = (torch.minimum(a[:, 2], b[:, 2]) - torch.maximum(a[:, 0], b[:, 0])).clamp(min=0.)
    height = (torch.minimum(a[:, 3], b[:, 3]) - torch.maximum(a[:, 1], b[:, 1])).clamp(min=0.)
    shared = width * height
    overlap = shared / (area[best] + area[rest] - shared)
    rest = rest[torch.logical_not(overlap > iou)]
  return rows[torch.cat(kept)]
)";

// Probabilistic IoU in blocks of 256 boxes against all better ones.
constexpr char kRotated[] = R"(
def suppress(self, rows: Tensor, iou: float, max_det: int, agnostic: bool) -> Tensor:
  centres = rows[:, 0:2]
  if not agnostic:
    centres = centres + rows[:, 5:6] * 7680.
  along = rows[:, 2] * rows[:, 2] / 12
  across = rows[:, 3] * rows[:, 3] / 12
  cosine = torch.cos(rows[:, 6])
  sine = torch.sin(rows[:, 6])
  a = along * cosine * cosine + across * sine * sine
  b = along * sine * sine + across * cosine * cosine
  c = (along - across) * cosine * sine
  own = (a * b - c * c).clamp(min=0.)
  kept = [rows[0:0]]
  count = 0
  start = 0
  while start < rows.size(0) and count < max_det:
    end = min(start + 256, rows.size(0))
    sa = a[start:end].unsqueeze(1) + a[0:end]
    sb = b[start:end].unsqueeze(1) + b[0:end]
    sc = c[start:end].unsqueeze(1) + c[0:end]
    dx = centres[0:end, 0] - centres[start:end, 0:1]
    dy = centres[0:end, 1] - centres[start:end, 1:2]
    det = sa * sb - sc * sc
    t1 = (sa * dy * dy + sb * dx * dx) / (det + 1e-7) * 0.25
    t2 = (sc * -dx * dy) / (det + 1e-7) * 0.5
    t3 = 0.5 * torch.log(det / (4 * torch.sqrt(own[start:end].unsqueeze(1) * own[0:end]) + 1e-7) + 1e-7)
    distance = (t1 + t2 + t3).clamp(min=1e-7, max=100.)
    overlap = 1 - torch.sqrt(1 - torch.exp(-distance) + 1e-7)
    better = torch.ones_like(overlap).tril(start - 1) > 0
    fine = torch.logical_not(torch.logical_and(overlap >= iou, better).any(1))
    found = rows[start:end][fine]
    kept.append(found)
    count += found.size(0)
    start = end
  return torch.cat(kept)[0:max_det]
)";

constexpr char kDetections[] = R"(
def detections(self, output: Tensor, conf: float, iou: float, max_det: int, agnostic: bool) -> Tensor:
  pictures = [output[0:0]]
  for i in range(output.size(0)):
    rows = self.suppress(self.candidates(output[i], conf), iou, max_det, agnostic)
    pictures.append(torch.constant_pad_nd(rows, [0, 0, 0, max_det - rows.size(0)], 0.).unsqueeze(0))
  return torch.cat(pictures[1:])
)";

constexpr char kNms[] = R"(
def forward(self, x: Tensor, conf: float=@CONF@, iou: float=@IOU@, max_det: int=@MAX_DET@, agnostic: bool=@AGNOSTIC@):
  self.check(x)
  output = self.network(x)
  return self.detections(output, conf, iou, max_det, agnostic)
)";

constexpr char kNmsWithPrototypes[] = R"(
def forward(self, x: Tensor, conf: float=@CONF@, iou: float=@IOU@, max_det: int=@MAX_DET@, agnostic: bool=@AGNOSTIC@):
  self.check(x)
  output, prototypes = self.network(x)
  return self.detections(output, conf, iou, max_det, agnostic), prototypes
)";

// Sizes of the letterbox: gain, scaled height and width, rows above, columns to
// the left. round() is half to even.
constexpr char kLetterbox[] = R"(
def check_image(self, image: Tensor) -> int:
  if image.dtype != 0 or image.dim() != 3 or image.size(2) != 3:
    raise AssertionError("This model takes one uint8 picture of shape (height, width, 3) in RGB order.")
  return 0

def letterbox(self, image: Tensor) -> Tensor:
  height = image.size(0)
  width = image.size(1)
  gain = min(@H@ / height, @W@ / width)
  inner_height = max(1, int(round(height * gain)))
  inner_width = max(1, int(round(width * gain)))
  x = image.permute(2, 0, 1).unsqueeze(0).to(6)
  if inner_height != height or inner_width != width:
    x = torch.round(torch.upsample_bilinear2d(x, [inner_height, inner_width], False))
  top = int(round((@H@ - inner_height) / 2 - 0.1))
  left = int(round((@W@ - inner_width) / 2 - 0.1))
  return torch.constant_pad_nd(x, [left, @W@ - inner_width - left, top, @H@ - inner_height - top], 114.) / 255
)";

constexpr char kToPicture[] = R"(
def to_picture(self, rows: Tensor, height: int, width: int, conf: float) -> Tensor:
  rows = rows[rows[:, 4] > conf]
  gain = min(@H@ / height, @W@ / width)
  pad_x = round((@W@ - width * gain) / 2 - 0.1)
  pad_y = round((@H@ - height * gain) / 2 - 0.1)
  x = ((rows[:, 0:4:2] - pad_x) / gain).clamp(min=0., max=float(width))
  y = ((rows[:, 1:4:2] - pad_y) / gain).clamp(min=0., max=float(height))
  return torch.cat([x[:, 0:1], y[:, 0:1], x[:, 1:2], y[:, 1:2], rows[:, 4:]], 1)
)";

constexpr char kRotatedToPicture[] = R"(
def to_picture(self, rows: Tensor, height: int, width: int, conf: float) -> Tensor:
  rows = rows[rows[:, 4] > conf]
  gain = min(@H@ / height, @W@ / width)
  pad_x = round((@W@ - width * gain) / 2 - 0.1)
  pad_y = round((@H@ - height * gain) / 2 - 0.1)
  return torch.cat([(rows[:, 0:1] - pad_x) / gain, (rows[:, 1:2] - pad_y) / gain, rows[:, 2:4] / gain, rows[:, 4:]], 1)
)";

constexpr char kPipeline[] = R"(
def forward(self, image: Tensor, conf: float=@CONF@, iou: float=@IOU@, max_det: int=@MAX_DET@, agnostic: bool=@AGNOSTIC@):
  self.check_image(image)
  rows = self.detections(self.network(self.letterbox(image)), conf, iou, max_det, agnostic)[0]
  return self.to_picture(rows, image.size(0), image.size(1), conf)
)";

constexpr char kPosePipeline[] = R"(
def forward(self, image: Tensor, conf: float=@CONF@, iou: float=@IOU@, max_det: int=@MAX_DET@, agnostic: bool=@AGNOSTIC@):
  self.check_image(image)
  height = image.size(0)
  width = image.size(1)
  rows = self.detections(self.network(self.letterbox(image)), conf, iou, max_det, agnostic)[0]
  rows = self.to_picture(rows, height, width, conf)
  gain = min(@H@ / height, @W@ / width)
  points = rows[:, 6:].unflatten(1, [@K@, @D@])
  x = ((points[:, :, 0:1] - (@W@ - width * gain) / 2) / gain).clamp(min=0., max=float(width))
  y = ((points[:, :, 1:2] - (@H@ - height * gain) / 2) / gain).clamp(min=0., max=float(height))
  return torch.cat([rows[:, 0:6], torch.cat([x, y, points[:, :, 2:]], 2).flatten(1)], 1)
)";

// Also returns the masks, (detections, height, width) of 0 and 1: cut at the
// prototypes' size, enlarged, freed of the padding, scaled to the picture; one
// by one, since floats of all at the picture's size may be gigabytes.
constexpr char kSegmentPipeline[] = R"(
def forward(self, image: Tensor, conf: float=@CONF@, iou: float=@IOU@, max_det: int=@MAX_DET@, agnostic: bool=@AGNOSTIC@):
  self.check_image(image)
  height = image.size(0)
  width = image.size(1)
  output, prototypes = self.network(self.letterbox(image))
  rows = self.detections(output, conf, iou, max_det, agnostic)[0]
  rows = rows[rows[:, 4] > conf]
  if rows.size(0) == 0:
    return rows[:, 0:6], torch.logical_not(image.permute(2, 0, 1)[0:0])
  planes = prototypes[0]
  masks = torch.matmul(rows[:, 6:], planes.flatten(1)).unflatten(1, [planes.size(1), planes.size(2)])
  crop = torch.round(rows[:, 0:4] * (planes.size(1) / @H@)).unsqueeze(2).unsqueeze(3)
  column = torch.ones_like(planes[0:1]).cumsum(2) - 1
  line = torch.ones_like(planes[0:1]).cumsum(1) - 1
  inside = torch.logical_and(torch.logical_and(column >= crop[:, 0], column < crop[:, 2]), torch.logical_and(line >= crop[:, 1], line < crop[:, 3]))
  masks = masks * inside
  gain = min(@H@ / height, @W@ / width)
  pad_x = (@W@ - width * gain) / 2
  pad_y = (@H@ - height * gain) / 2
  found = [masks[0:0, 0:0, 0:0] > 0]
  found = found[1:]
  for i in range(masks.size(0)):
    mask = torch.upsample_bilinear2d(masks[i:i + 1].unsqueeze(0), [@H@, @W@], False) > 0
    mask = mask[:, :, int(round(pad_y - 0.1)):@H@ - int(round(pad_y + 0.1)), int(round(pad_x - 0.1)):@W@ - int(round(pad_x + 0.1))]
    found.append(torch.upsample_bilinear2d(mask.to(6), [height, width], False)[0] > 0.5)
  return self.to_picture(rows[:, 0:6], height, width, conf), torch.cat(found)
)";

constexpr char kClassifyPipeline[] = R"(
def forward(self, image: Tensor):
  self.check_image(image)
  height = @H@
  width = @W@
  if @H@ == @W@:
    if image.size(1) <= image.size(0):
      height = int(@W@ * image.size(0) / image.size(1))
    else:
      width = int(@W@ * image.size(1) / image.size(0))
  x = image.permute(2, 0, 1).unsqueeze(0).to(6)
  x = torch.round(torch._upsample_bilinear2d_aa(x, [height, width], False)).clamp(min=0., max=255.)
  top = int(round((height - @H@) / 2))
  left = int(round((width - @W@) / 2))
  return self.network(x[:, :, top:top + @H@, left:left + @W@] / 255)[0]
)";

std::string Number(double value) {
  std::ostringstream text;
  text << value;
  std::string number = text.str();
  if (number.find_first_of(".e") == std::string::npos) number += ".";
  return number;
}

std::map<std::string, std::string> ValuesOf(
    const metadata::Metadata& metadata) {
  return {{"H", std::to_string(metadata.imgsz[0])},
          {"W", std::to_string(metadata.imgsz[1])},
          {"STRIDE", std::to_string(metadata.stride)},
          {"NC", std::to_string(metadata.names.size())},
          {"K", std::to_string(metadata.kpt_shape[0])},
          {"D", std::to_string(metadata.kpt_shape[1])},
          {"CONF", Number(metadata.nms_conf)},
          {"IOU", Number(metadata.nms_iou)},
          {"MAX_DET", std::to_string(metadata.nms_max_det)},
          {"AGNOSTIC", metadata.nms_agnostic ? "True" : "False"}};
}

}  // namespace

void AddForward(const metadata::Metadata& metadata,
                torch::jit::Module* module) {
  const std::map<std::string, std::string> values = ValuesOf(metadata);
  const auto define = [&](const char* source) {
    module->define(Fill(source, values));
  };
  const Task task = metadata.task;
  define(metadata.dynamic ? kDynamicCheck : kStaticCheck);
  if (!metadata.nms && !metadata.pipeline) {
    define(kPlain);
    return;
  }
  if (metadata.pipeline) define(kLetterbox);
  if (task == Task::kClassify) {
    define(kClassifyPipeline);
    return;
  }
  define(task == Task::kObb ? kCentreBoxes : kCornerBoxes);
  define(kCandidates);
  define(task == Task::kObb ? kRotated : kGreedy);
  define(kDetections);
  if (!metadata.pipeline) {
    define(task == Task::kSegment ? kNmsWithPrototypes : kNms);
    return;
  }
  define(task == Task::kObb ? kRotatedToPicture : kToPicture);
  define(task == Task::kSegment ? kSegmentPipeline
         : task == Task::kPose  ? kPosePipeline
                                : kPipeline);
}

void AddPartForward(torch::jit::Module* module) { module->define(kPart); }

void AddUserForward(const std::string& source, const std::string& file,
                    torch::jit::Module* module) {
  try {
    module->define(source);
  } catch (const std::exception& error) {
    throw Error(Code::kInvalidArgument,
                "'" + file + "' does not compile: " + libtorch::TextOf(error));
  }
  if (!module->find_method("forward")) {
    throw Error(Code::kInvalidArgument,
                "'" + file +
                    "' defines no forward; expected 'def forward(self, x: "
                    "Tensor): ...', which may call self.network(x).");
  }
}

}  // namespace yolotorch::exporter
