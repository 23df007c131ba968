// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/plan.h"

#include "augment/random.h"
#include "augment/streams.h"
#include "yolotorch/error.h"

namespace yolotorch::augment {
namespace {

class Planner {
 public:
  Planner(const Options& options, const std::vector<int>& pool, Plan* plan)
      : options_(options),
        pool_(pool),
        plan_(*plan),
        random_(plan->seed, plan->epoch, plan->index, kPlanStream) {}

  // Adds the scene of a picture and those that it needs; gives its place.
  int AddScene(int picture, bool may_paste) {
    const std::size_t place = plan_.scenes.size();
    Scene scene{plan_.pictures.size()};
    plan_.pictures.push_back(picture);
    scene.mosaic = random_.Chance(options_.mosaic);
    for (std::size_t i = 1; i < scene.pictures(); ++i) {
      plan_.pictures.push_back(Partner());
    }
    plan_.scenes.push_back(scene);
    if (may_paste && HasOutlines() && options_.copy_paste > 0) {
      if (options_.copy_paste_mode == CopyPasteMode::kFlip) {
        plan_.scenes[place].flip_paste = true;
      } else {
        const int pasted = AddScene(Partner(), false);
        plan_.scenes[place].pasted = pasted;
      }
    }
    return static_cast<int>(place);
  }

  // As AddScene of some picture, with a probability; -1: it did not happen.
  int MaybeAddPartner(double probability) {
    return random_.Chance(probability) ? AddScene(Partner(), true) : -1;
  }

 private:
  [[nodiscard]] bool HasOutlines() const {
    return options_.task == Task::kSegment || options_.task == Task::kObb;
  }

  int Partner() {
    if (pool_.empty()) {
      throw Error(Code::kInvalidArgument,
                  "expected at least one picture to draw partners from, found "
                  "an empty pool; add the picture itself");
    }
    return pool_[static_cast<std::size_t>(
        random_.Below(static_cast<int>(pool_.size())))];
  }

  const Options& options_;
  const std::vector<int>& pool_;
  Plan& plan_;
  Random random_;
};

}  // namespace

Plan MakePlan(const Options& options, std::uint64_t seed, int epoch, int index,
              const std::vector<int>& pool, bool closed) {
  Options used = options;
  if (closed) used.mosaic = used.mixup = used.cutmix = used.copy_paste = 0;
  Plan plan{seed, epoch, index, options.imgsz, options.imgsz};
  Planner planner(used, pool, &plan);
  planner.AddScene(index, true);
  plan.mixup = planner.MaybeAddPartner(used.mixup);
  plan.cutmix = planner.MaybeAddPartner(used.cutmix);
  return plan;
}

}  // namespace yolotorch::augment
