// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.text.FileInfoJson;

/**
 * Report of {@link ModelArchive#inspect} on a file. Immutable.
 *
 * @param kind what the file is, a stable identifier such as {@code checkpoint}, {@code
 *     torchscript}, {@code lite-interpreter}, {@code architecture}, {@code onnx} or {@code
 *     safetensors}
 * @param title the kind as a phrase with its article, for messages
 * @param advice what to do with a file that cannot run here; may be empty
 * @param bytes size of the file; 0 for an architecture by name
 * @param sha256 its SHA-256 in hexadecimal digits; empty for an architecture by name
 * @param verdict what the gate says
 * @param reason one sentence that tells why the verdict is not clean; may be empty
 * @param model facts of a model that can be read
 * @param details what only a reader of the report may want to know, by the name of the thing; the
 *     names are not stable
 * @param layers layers of the network, with the numbers of weights as trained where the
 *     architecture is known, else as stored
 * @param values number of stored values by element type, such as {@code float32}
 * @param operators number of uses of each operator in an archive's code, such as {@code aten::cat}
 * @param devices devices that an archive's code names or its tensors were saved from; whatever they
 *     are, it runs on the device asked for
 * @param runtimes what can open the file
 * @param optimizations how the network was rewritten for this machine; empty unless {@link
 *     #withOptimizations} put it in, because an inspection runs nothing
 */
public record FileInfo(
    String kind,
    String title,
    String advice,
    long bytes,
    String sha256,
    Verdict verdict,
    String reason,
    Optional<ModelInfo> model,
    Map<String, String> details,
    List<Layer> layers,
    Map<String, Long> values,
    Map<String, Long> operators,
    List<String> devices,
    List<String> runtimes,
    List<String> optimizations) {

  /** Makes the collections unmodifiable; their order is kept. */
  public FileInfo {
    Checks.given("kind", kind);
    Checks.given("title", title);
    Checks.given("advice", advice);
    Checks.given("sha256", sha256);
    Checks.given("verdict", verdict);
    Checks.given("reason", reason);
    Checks.given("model", model);
    details = Collections.unmodifiableMap(Checks.given("details", details));
    layers = Checks.all("layers", layers);
    values = Collections.unmodifiableMap(Checks.given("values", values));
    operators = Collections.unmodifiableMap(Checks.given("operators", operators));
    devices = Checks.all("devices", devices);
    runtimes = Checks.all("runtimes", runtimes);
    optimizations = Checks.all("optimizations", optimizations);
  }

  /** This report with the result of {@link Yolo#optimizations()} of the loaded file. */
  public FileInfo withOptimizations(List<String> sentences) {
    Checks.given("sentences", sentences);
    return new FileInfo(
        kind, title, advice, bytes, sha256, verdict, reason, model, details, layers, values,
        operators, devices, runtimes, sentences);
  }

  /**
   * All of this as one JSON object on one line.
   *
   * @param file name that the object begins with
   */
  public String toJson(String file) {
    Checks.given("file", file);
    return FileInfoJson.object(this, file);
  }

  /** What the gate says of a file; {@code yolo info} ends with its number. */
  public enum Verdict {
    /** A model in which nothing was found that should not be there. */
    CLEAN(0),
    /** Damaged, or it asks for more than a model may. */
    REFUSED(1),
    /** Not a model, or of a kind that this version does not read. */
    UNKNOWN(2);

    private final int number;

    Verdict(int number) {
      this.number = number;
    }

    /** The stable number of this verdict. */
    public int number() {
      return number;
    }
  }

  /**
   * One layer of a network.
   *
   * @param index position, from 0
   * @param from layers it takes its input from, {@code -1} being the one before; may be empty
   * @param module kind of layer, such as {@code C3k2}
   * @param parameters number of its weights
   */
  public record Layer(int index, String from, String module, long parameters) {
    /** Takes what it is given. */
    public Layer {
      Checks.given("from", from);
      Checks.given("module", module);
    }
  }
}
