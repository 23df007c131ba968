// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yolotorch.internal.Checks;

/**
 * Properties of a loaded model. Immutable.
 *
 * @param kind what the file is, such as a checkpoint or a TorchScript archive
 * @param task what it predicts
 * @param family name of the architecture, such as {@code yolo11}; empty if the file tells none
 * @param scale letter of its size, n, s, m, l or x; empty if the file tells none
 * @param imgsz network input size taken when none is asked for
 * @param stride the input's sides are multiples of this, in pixels
 * @param batch pictures per batch the file was made for
 * @param channels channels of the input: 3 take colour pictures, 1 makes them grey, and others take
 *     {@link Image#ofChannels(java.nio.ByteBuffer, int, int, int) pictures of as many}
 * @param dynamic whether other input sizes can be asked for
 * @param nms whether the file itself removes overlapping boxes; predictions are the same either way
 * @param bakedNms what another program's non-maximum suppression in the file was fixed to, which
 *     applies before the options of a prediction; empty if there is none
 * @param end2end whether the network's own detections are final, as those of newer families are
 * @param parameters number of weights, those of normalisations merged into their convolutions
 * @param parametersRaw number of weights as trained; 0 if the file does not tell
 * @param gflops billions of floating-point operations for one picture at {@code imgsz}; 0 if the
 *     file does not tell
 * @param keypoints points of an object, for the task pose; else 0
 * @param keypointValues numbers per point: 2, or 3 with visibility, for the task pose; else 0
 * @param description description in the file; may be empty
 * @param license licence of the weights as the file states it; may be empty
 * @param version version of the program that wrote the file; may be empty
 * @param date when the file was written; may be empty
 * @param names class names by class id, ascending
 * @param warnings what the reader of the file found doubtful, one sentence each
 */
public record ModelInfo(
    String kind,
    Task task,
    String family,
    String scale,
    ImageSize imgsz,
    int stride,
    int batch,
    int channels,
    boolean dynamic,
    boolean nms,
    Optional<BakedNms> bakedNms,
    boolean end2end,
    long parameters,
    long parametersRaw,
    double gflops,
    int keypoints,
    int keypointValues,
    String description,
    String license,
    String version,
    String date,
    Map<Integer, String> names,
    List<String> warnings) {

  /** Makes the collections unmodifiable; the order of the names is kept. */
  public ModelInfo {
    Checks.given("kind", kind);
    Checks.given("task", task);
    Checks.given("family", family);
    Checks.given("scale", scale);
    Checks.given("imgsz", imgsz);
    Checks.given("bakedNms", bakedNms);
    Checks.given("description", description);
    Checks.given("license", license);
    Checks.given("version", version);
    Checks.given("date", date);
    names = Collections.unmodifiableMap(Checks.given("names", names));
    warnings = Checks.all("warnings", warnings);
  }
}
