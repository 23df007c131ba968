// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.FileNames;
import org.yolotorch.internal.ModelBytes;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.model.OpenModel;
import org.yolotorch.internal.weights.WeightFiles;
import org.yolotorch.internal.weights.WeightPlaces;

/**
 * A YOLO model.
 *
 * <pre>{@code
 * try (Yolo model = Yolo.load("yolo11n.torchscript")) {
 *   for (Box box : model.predict(Path.of("bus.jpg")).boxes()) {
 *     System.out.println(box.label() + " " + box.confidence() + " " + box.xyxy());
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe: any number of threads may predict with one model at once. The caller that loads a
 * model closes it; {@link #close()} waits for calls that are running, and every later call but
 * {@code close()} and {@code toString()} throws {@link IllegalStateException}. Failures are {@link
 * YoloException}s, one subclass per cause.
 */
public final class Yolo implements Predictor, AutoCloseable {
  private final OpenModel model;

  /** Default file of an export; null for one beside the model. */
  private final String archive;

  private Yolo(OpenModel model, String archive) {
    this.model = model;
    this.archive = archive;
  }

  /** Loads a model by its path as a text; see {@link #load(Path, LoadOptions)}. */
  public static Yolo load(String file) {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a model by its path as a text; see {@link #load(Path, LoadOptions)}.
   *
   * @throws YoloException.InvalidArgument if the text is no path
   */
  public static Yolo load(String file, LoadOptions options) {
    return load(PathText.model(Checks.given("file", file)), options);
  }

  /** Loads a model with {@link LoadOptions#defaults()}; see {@link #load(Path, LoadOptions)}. */
  public static Yolo load(Path file) {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a checkpoint ({@code .pt}), a TorchScript archive ({@code .torchscript}), or the network
   * of a yaml with random weights. Where a yaml such as {@code yolov8s-p2.yaml} does not exist, it
   * is scale s of {@code yolov8-p2.yaml} in the same folder, or else the architecture of this name
   * ({@code yolo11s.yaml}).
   *
   * <p>Nothing in the file is executed before it passed the check of {@link
   * ModelArchive#verify(Path)}.
   *
   * <p>A bare name of published weights ({@code yolo11n.pt}) that is no file in the working folder
   * is looked for as {@link Weights#find(String)} does, on this machine alone; {@link
   * Weights#download(String)} fetches it.
   *
   * @throws YoloException.NotFound if there is no such file and no such architecture
   * @throws YoloException.CorruptModel if the file is damaged or no model, or found by name and
   *     changed since it was fetched
   * @throws YoloException.UnsupportedModel if this version cannot run such a model
   * @throws YoloException.UnsafeModel if the file asks for more than a model may
   * @throws YoloException.DeviceUnavailable if the device asked for is not there
   * @throws YoloException.NativeLibrary if the native library cannot be loaded on this machine
   * @throws YoloException if the options ask to warm up, what {@link #predict(List,
   *     PredictOptions)} throws
   */
  public static Yolo load(Path file, LoadOptions options) {
    Checks.given("options", options);
    String path = Checks.line("The model path", PathText.of(Checks.given("file", file)));
    String archive = null;
    // A file that is there costs no more than this look.
    if (file.getParent() == null && !Files.exists(file)) {
      Path found = WeightFiles.locate(path, WeightPlaces.ofThisProcess());
      if (found != null) {
        archive = path.substring(0, path.lastIndexOf('.')) + "." + ExportOptions.TORCHSCRIPT;
        path = PathText.of(found);
      }
    }
    return new Yolo(OpenModel.ofFile(path, options, options.settings()), archive);
  }

  /**
   * Loads a model file held in memory.
   *
   * @param bytes the file; not used after the call
   * @param name name of the file, whose suffix determines its kind and which error messages quote;
   *     no path, even if it looks like one: an export without a file goes into the working folder
   * @throws YoloException as {@link #load(Path, LoadOptions)} does
   */
  public static Yolo load(byte[] bytes, String name) {
    return load(bytes, name, LoadOptions.defaults());
  }

  /** As {@link #load(byte[], String)}, with options. */
  public static Yolo load(byte[] bytes, String name, LoadOptions options) {
    Checks.given("options", options);
    Checks.given("bytes", bytes);
    Checks.line("The model name", Checks.given("name", name));
    return new Yolo(
        OpenModel.ofBytes(bytes, name, options, options.settings()), FileNames.archive(name));
  }

  /**
   * Loads a model file from a stream, which is read to its end and left open.
   *
   * @param name name of the file, by which its kind is told and which errors mention
   * @throws IOException if the stream fails
   * @throws YoloException as {@link #load(Path, LoadOptions)} does
   */
  public static Yolo load(InputStream stream, String name) throws IOException {
    return load(stream, name, LoadOptions.defaults());
  }

  /** As {@link #load(InputStream, String)}, with options. */
  public static Yolo load(InputStream stream, String name, LoadOptions options) throws IOException {
    Checks.given("stream", stream);
    Checks.given("name", name);
    Checks.given("options", options);
    return load(ModelBytes.read(stream, name), name, options);
  }

  /**
   * Loads a model file from the class path.
   *
   * @param owner class beside which, or from whose class loader, the resource is found
   * @param resource name as in {@link Class#getResourceAsStream(String)}
   * @throws YoloException.NotFound if there is no such resource
   * @throws YoloException as {@link #load(Path, LoadOptions)} does
   */
  public static Yolo loadResource(Class<?> owner, String resource) {
    return loadResource(owner, resource, LoadOptions.defaults());
  }

  /** As {@link #loadResource(Class, String)}, with options. */
  public static Yolo loadResource(Class<?> owner, String resource, LoadOptions options) {
    Checks.given("owner", owner);
    Checks.given("resource", resource);
    Checks.given("options", options);
    return load(ModelBytes.readResource(owner, resource), resource, options);
  }

  /**
   * Whether this process can predict. It cannot while a program runs that did not end in its {@link
   * LoadOptions#timeout()} and could not be stopped, in most cases until the process ends: loading
   * and predicting then throw {@link YoloException.Unhealthy} at once. Models can be closed all the
   * same; the memory that such a program uses is given up. Loads no native library.
   */
  public static boolean healthy() {
    return !NativeLoader.isLoaded() || Natives.isHealthy();
  }

  /**
   * Properties of the model.
   *
   * @throws IllegalStateException if the model is closed
   */
  public ModelInfo info() {
    return model.info();
  }

  /**
   * The optimizations of the network for this machine, one sentence each: the level asked for and,
   * after the first prediction, what was done and what could not be done. Waits for a running
   * prediction.
   *
   * @see LoadOptions#optimizeLevel()
   * @throws IllegalStateException if the model is closed
   */
  public List<String> optimizations() {
    return model.optimizations();
  }

  /**
   * Predicts a batch in one native call.
   *
   * @param images pictures of any sizes; each is letterboxed to the network's input
   * @return one result per picture, in the same order; empty if there are no pictures
   * @throws YoloException.InputSize if the model cannot run at the input size asked for
   * @throws YoloException.UnsupportedModel if the network gives another output than its metadata
   *     says
   * @throws YoloException.OutOfMemory if memory ran out, native or Java's; the model stays usable
   * @throws YoloException.InferenceFailed if the network failed
   * @throws YoloException.InvalidArgument if the model has no class of a name among the options
   * @throws YoloException.Timeout if the call was not done within {@link PredictOptions#timeout()},
   *     or the model's program within {@link LoadOptions#timeout()}
   * @throws YoloException.Unhealthy if this process cannot predict; see {@link #healthy()}
   * @throws YoloException.Cancelled if the calling thread is interrupted: at once if the call still
   *     waits for others, else between two pictures, as for the timeout; the interrupt status stays
   *     set
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public List<Result> predict(List<Image> images, PredictOptions options) {
    Checks.given("options", options);
    return predict(images, options, false, Deadline.of(options.timeout()));
  }

  /** As above until then; {@code measuring} as accuracy is measured. */
  List<Result> predict(
      List<Image> images, PredictOptions options, boolean measuring, Deadline deadline) {
    return model.predict(Checks.all("images", images), options, measuring, deadline);
  }

  /** What the network itself gives; see {@link #predictRaw(List, PredictOptions)}. */
  public List<RawTensor> predictRaw(Image image) {
    return predictRaw(List.of(Checks.given("image", image)), PredictOptions.defaults());
  }

  /**
   * What the network itself gives for a batch of pictures, which are padded as {@link
   * #predict(List, PredictOptions)} pads them: for detect one tensor (pictures, 4 + classes,
   * anchors) with centre x and y, width and height in pixels of the input and a score per class;
   * for segment more rows and a tensor of prototypes; for pose and obb more rows; for classify
   * (pictures, classes). Of an archive exported with {@code layers}: the features that those give.
   *
   * @param options {@code imgsz} and {@code rect} apply, and {@code conf}, {@code iou}, {@code
   *     maxDet} and {@code agnosticNms} where the archive suppresses by itself
   * @throws YoloException.UnsupportedModel if the archive was exported with {@code pipeline}, or
   *     its layers take features
   * @throws YoloException as {@link #predict(List, PredictOptions)} does
   * @throws IllegalStateException if the model is closed
   */
  public List<RawTensor> predictRaw(List<Image> images, PredictOptions options) {
    return model.predictRaw(Checks.all("images", images), Checks.given("options", options));
  }

  /**
   * As {@link #predictRaw(List, PredictOptions)}, for an input that is ready: (pictures, 3, height,
   * width), RGB from 0 to 1, sides in multiples of the stride; for an archive exported with {@code
   * layers} whatever its first layer takes.
   *
   * @throws YoloException.InvalidArgument if the shape is another
   */
  public List<RawTensor> predictRaw(RawTensor input) {
    return model.predictRaw(Checks.given("input", input));
  }

  /** Features of a picture, of the last layer before the head; see {@link #embed(List, int...)}. */
  public float[] embed(Image image) {
    return embed(List.of(Checks.given("image", image))).get(0);
  }

  /**
   * Features of pictures, such as to search for similar ones: of each layer its maps averaged over
   * all places, layer after layer, one row per picture. The first call for a layer traces the
   * network up to it, which holds one more copy of its weights.
   *
   * @param layers indices from 0 on, without the head; none for the last before the head
   * @throws YoloException.UnsupportedModel if the model is an archive, which does not tell its
   *     layers apart
   * @throws YoloException.InvalidArgument if there is no such layer
   * @throws IllegalStateException if the model is closed
   */
  public List<float[]> embed(List<Image> images, int... layers) {
    return model.embed(
        Checks.all("images", images),
        Checks.given("layers", layers).clone(),
        PredictOptions.defaults());
  }

  /** Measures the accuracy of the model; see {@link #val(Validation, Object)}. */
  public <L, R> R val(Validation<L, R> options) {
    return val(options, Checks.given("options", options).silent());
  }

  /**
   * Measures the accuracy of the model on a labelled data set: precision, recall and mAP as COCO's
   * evaluation defines them, or top-1 and top-5 accuracy. Pictures are letterboxed to the full
   * input size, unless {@link org.yolotorch.val.ValOptions#rect()}.
   *
   * <pre>{@code
   * ValResult result = model.val(ValOptions.of(Path.of("data.yaml")));
   * }</pre>
   *
   * @param <L> type of the listener: {@link org.yolotorch.val.ValListener}
   * @param <R> type of the result: {@link org.yolotorch.val.ValResult}
   * @param options what to measure on, and how: {@link org.yolotorch.val.ValOptions}
   * @param listener receives the progress, on this thread
   * @throws YoloException.NotFound if the data set or its pictures are not there
   * @throws YoloException.InvalidData if the data set cannot be used or does not fit the model
   * @throws YoloException as {@link #predict(List, PredictOptions)} does
   * @throws IllegalStateException if the model is closed
   */
  public <L, R> R val(Validation<L, R> options, L listener) {
    Checks.given("options", options);
    Checks.given("listener", listener);
    return options.run(
        this, (images, how) -> predict(images, how, true, Deadline.of(how.timeout())), listener);
  }

  /** Trains a network; see {@link #train(Training, Object)}. */
  public static <L, R> R train(Training<L, R> options) {
    return train(options, Checks.given("options", options).silent());
  }

  /**
   * Trains a network on labelled pictures, from a checkpoint or from scratch, and writes a run
   * folder with {@code weights/best.pt} and {@code weights/last.pt}. Takes minutes to days; the
   * calling thread waits, and an interrupt of it ends the training after the batch in hand, with a
   * {@code last.pt} to resume from.
   *
   * <pre>{@code
   * TrainResult result =
   *     Yolo.train(TrainOptions.builder("yolo11n.pt", Path.of("data.yaml")).epochs(50).build());
   * }</pre>
   *
   * @param <L> type of the listener: {@code org.yolotorch.train.TrainListener}
   * @param <R> type of the result: {@code org.yolotorch.train.TrainResult}
   * @param options what to train and how: {@code org.yolotorch.train.TrainOptions}
   * @param listener receives the progress, on this thread
   * @throws YoloException.NotFound if the model, the data set or its pictures are not there
   * @throws YoloException.InvalidData if the data set cannot be trained with, or a loss is no
   *     number
   * @throws YoloException.InvalidArgument if the options do not fit the model or each other
   * @throws YoloException.UnsupportedModel if the model is an archive or of another kind
   * @throws YoloException.WriteFailed if the run folder cannot be written; checkpoints that were
   *     written before stay whole
   * @throws YoloException.OutOfMemory if memory ran out; a smaller batch needs less
   */
  public static <L, R> R train(Training<L, R> options, L listener) {
    Checks.given("options", options);
    Checks.given("listener", listener);
    return options.run(listener);
  }

  /**
   * Predicts a source; see {@link Predictor#stream(Source, StreamOptions)}.
   *
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public Stream<Result> stream(Source source, StreamOptions options) {
    model.info();
    return Predictor.super.stream(source, options);
  }

  /**
   * Writes the model as a TorchScript archive. The file appears whole or not at all: one that was
   * there before stays as it was until then, whatever interrupts the export. Where the options name
   * no file, it lies beside the model's; in the working folder for weights found by name elsewhere
   * and for models that came from no file.
   *
   * @return the file written
   * @throws YoloException.InvalidArgument if the options do not fit this model
   * @throws YoloException.UnsupportedModel if this kind of model cannot be exported
   * @throws YoloException.WriteFailed if the file cannot be written
   * @throws YoloException.DeviceUnavailable if the device asked for is not there
   * @throws IllegalStateException if the model is closed
   */
  public Path export(ExportOptions options) {
    String settings = Checks.given("options", options).settings();
    return model.export(
        archive == null || options.file() != null ? settings : settings + "\nfile=" + archive);
  }

  /**
   * This model for C++ code in the same process: {@code yolotorch::Model::FromHandle(handle)} in
   * {@code yolotorch/model.h} makes a C++ object of it, through JNI or any other bridge.
   *
   * <p>Valid while this object is open, which the caller ensures until {@code FromHandle} has
   * returned; from then on the C++ object keeps the network alive by itself, even after {@link
   * #close()}. The number means nothing in another process.
   *
   * @throws IllegalStateException if the model is closed
   */
  public long nativeHandle() {
    return model.number();
  }

  /** Waits for running calls and frees the model; a second call has no effect. */
  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return "Yolo[" + model + "]";
  }
}
