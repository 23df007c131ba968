// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.HashMap;
import java.util.Map;
import org.yolotorch.train.TrainArgument;

/**
 * Arguments that Ultralytics knows and no mode here takes, by what they are for. They change
 * nothing and are taken with a warning, so that a command line written for Ultralytics runs. What a
 * flag may be written without a value for stands with a question mark.
 */
enum ForeignArguments {
  /** What {@link TrainArgument} lists. */
  TRAINING("it is of train", ""),
  LATER_TRAINING(
      "it is of trainings that are not offered here",
      "distill_model rle angle cls_pw augmentations"),
  TUNING(
      "it is of tuning, which is not offered here",
      "space iterations use_ray? grace_period gpu_per_trial"),
  TRACKING(
      "it is of tracking, which is not offered here",
      "tracker persist? tracker_type track_high_thresh track_low_thresh new_track_thresh"
          + " track_buffer match_thresh fuse_score? gmc_method proximity_thresh appearance_thresh"
          + " with_reid?"),
  SOLUTIONS(
      "it is of Ultralytics' solutions, which are not offered here",
      "region points show_in? show_out? colormap up_angle down_angle kpts analytics_type figsize"
          + " blur_ratio vision_point crop_dir json_file records fps max_hist meter_per_pixel"
          + " max_speed"),
  DRAWING(
      "how results are drawn is told by show_boxes, show_labels, show_conf and line_width",
      "txt_color pil? labels? masks? probs?" + " filename"),
  FOLDER("the folder of a run is told by project and name", "save_dir"),
  STREAM("results are given one after the other anyway", "stream?"),
  REMOVED("Ultralytics has removed it too", "label_smoothing save_hybrid? crop_fraction");

  private static final Map<String, ForeignArguments> ALL = new HashMap<>();

  static {
    for (ForeignArguments group : values()) {
      for (String key : group.keys.replace("?", "").split(" ")) {
        ALL.put(key, group);
      }
    }
  }

  private final String reason;
  private final String keys;

  ForeignArguments(String reason, String keys) {
    this.reason = reason;
    this.keys = keys;
  }

  /** The group of an argument, or null if Ultralytics does not know it either. */
  static ForeignArguments of(String key) {
    return TrainArgument.find(key) != null ? TRAINING : ALL.get(key);
  }

  /** Why it changes nothing; the end of a sentence. */
  String reason() {
    return reason;
  }

  /** Whether an argument of this group needs no value. */
  boolean isFlag(String key) {
    TrainArgument training = TrainArgument.find(key);
    return training != null ? training.isFlag() : (" " + keys + " ").contains(" " + key + "? ");
  }
}
