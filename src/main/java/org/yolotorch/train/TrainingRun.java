// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Jar;
import org.yolotorch.internal.RunFolder;
import org.yolotorch.internal.bridge.NativeTraining;
import org.yolotorch.internal.text.JsonValue;
import org.yolotorch.val.ValResult;

/** Runs one training, from its options to its files; not thread-safe. */
final class TrainingRun {
  private static final double NANOS = 1e9;

  /** Statistics of a normalisation hardly change beyond so many. */
  private static final int CALIBRATION_BATCHES = 16;

  /** More threads than this only fight for memory with the arithmetic. */
  private static final int MOST_LOADERS = 16;

  private final TrainListener listener;
  private final Plan plan;
  private final TrainOptions options;
  private final LongSupplier nanos;
  private final TrainData data;
  private final Path folder;
  private final NativeTraining training;
  private final TrainFiles files;
  private final Measurement measurement;
  private final TrainState state;
  private final int batch;
  private SampleLoader loader;

  /** When this run began, less the time of the runs that it goes on from. */
  private final long started;

  static TrainResult run(TrainOptions options, TrainListener listener) {
    return run(options, listener, System::nanoTime);
  }

  static TrainResult run(TrainOptions options, TrainListener listener, LongSupplier nanos) {
    Plan plan = Plan.of(options, listener);
    boolean plots = plan.options().flag(TrainArgument.PLOTS);
    String lack = plots ? Jar.lack("Charts need", Jar.XCHART) : null;
    if (lack != null) {
      throw new YoloException.NativeLibrary(lack + "add it, or leave them out with plots=False.");
    }
    TrainData data = TrainData.open(plan.options(), plan.info(), listener::warned);
    if (plan.info().task() == Task.POSE && data.flipIdx().isEmpty()) {
      plan = plan.withoutFlips(listener);
    }
    if (plan.resumed() != null && !plan.resumed().data.equals(data.signature())) {
      throw new YoloException.InvalidData(
          "A training goes on with its own data set ("
              + plan.resumed().data
              + "), but another one is there ("
              + data.signature()
              + "); restore it, or begin a new training with model="
              + plan.checkpoint()
              + ".");
    }
    try (NativeTraining training =
        NativeTraining.open(JsonValue.of(plan.arguments()), plan.about(data))) {
      return new TrainingRun(plan, data, training, listener, nanos).train();
    } catch (YoloException.OutOfMemory e) {
      throw new YoloException.OutOfMemory(
          e.getMessage() + " A smaller batch= or imgsz= needs less memory.", e);
    }
  }

  private TrainingRun(
      Plan plan,
      TrainData data,
      NativeTraining training,
      TrainListener listener,
      LongSupplier nanos) {
    this.plan = plan;
    this.options = plan.options();
    this.data = data;
    this.training = training;
    this.listener = listener;
    this.nanos = nanos;
    this.batch = options.whole(TrainArgument.BATCH);
    this.state = plan.resumed() == null ? newState() : plan.resumed();
    for (int part = NativeTraining.TRAIN; part <= NativeTraining.VAL; part++) {
      List<TrainData.Sample> samples = part == NativeTraining.TRAIN ? data.train() : data.val();
      for (int i = 0; i < samples.size(); i++) {
        training.label(part, i, samples.get(i).labels());
      }
    }
    if (plan.checkpoint() != null) {
      training.resume(plan.checkpoint());
    }
    // Only now is it sure that there is something to train.
    this.folder =
        plan.checkpoint() == null
            ? RunFolder.create(
                plan.project(),
                options.text(TrainArgument.NAME),
                options.flag(TrainArgument.EXIST_OK))
            : plan.checkpoint().toAbsolutePath().getParent().getParent();
    this.files = new TrainFiles(plan, data, training, folder);
    this.measurement = new Measurement(plan, data, training);
    this.started = nanos.getAsLong() - (long) (state.seconds * NANOS);
  }

  private TrainState newState() {
    TrainState fresh = new TrainState();
    fresh.epochs = options.whole(TrainArgument.EPOCHS);
    fresh.data = data.signature();
    fresh.arguments.putAll(options.given());
    return fresh;
  }

  private TrainResult train() {
    tell();
    boolean wanted =
        options.given().containsKey(TrainArgument.AMP) && options.flag(TrainArgument.AMP);
    if (wanted && training.text("amp").equals("0")) {
      listener.warned("amp=True changes nothing: this CPU has no AVX512_BF16.");
    }
    int threads =
        Math.max(
            1,
            Math.min(
                Math.min(options.whole(TrainArgument.WORKERS), MOST_LOADERS),
                Runtime.getRuntime().availableProcessors()));
    files.writeArguments();
    files.keepCache();
    try (SampleLoader samples = new SampleLoader(training, data, threads, listener::warned)) {
      loader = samples;
      calibrate();
      boolean finished = epochs();
      return finish(finished);
    } finally {
      files.dropCache();
    }
  }

  /** Gives folded normalisations their statistics back, from the first batches. */
  private void calibrate() {
    int folded = Integer.parseInt(training.text("folded"));
    if (folded == 0 || plan.resumed() != null) {
      return;
    }
    int pictures = data.train().size();
    int batches = Math.min(CALIBRATION_BATCHES, (pictures + batch - 1) / batch);
    training.startEpoch(0, state.epochs);
    loader.startEpoch(pictures, batch, 0);
    for (int i = 0; i < batches; i++) {
      int slot = loader.await(i);
      training.calibrate(slot, Math.min(batch, pictures - i * batch));
      loader.release(i);
    }
    loader.drain();
    training.finishCalibration();
    listener.told(
        folded
            + " normalisations of the checkpoint were folded; their statistics were measured on "
            + Math.min(batches * batch, pictures)
            + " pictures");
  }

  private void tell() {
    String transferred = training.text("transferred");
    if (!transferred.isEmpty() && plan.resumed() == null) {
      listener.told("Transferred " + transferred + " items from pretrained weights");
    }
    listener.told(training.optimizer());
    listener.started(
        new TrainListener.Start(
            plan.info().task(),
            folder,
            data.train().size(),
            data.val().size(),
            state.epochs,
            state.epoch + 1,
            training.losses()));
  }

  /** Runs the epochs that are left; whether it came to the end. */
  private boolean epochs() {
    int patience = options.whole(TrainArgument.PATIENCE);
    while (state.epoch < state.epochs) {
      NativeTraining.Learnt last = epoch();
      if (last == null) {
        files.writeLast(state);
        return false;
      }
      boolean outOfTime = estimate();
      boolean isLast = state.epoch + 1 >= state.epochs || outOfTime;
      boolean patient = patience > 0 && state.epoch + 1 - state.bestEpoch >= patience;
      validate(last, isLast || patient);
      if (outOfTime) {
        break;
      }
      if (patience > 0 && state.bestEpoch > 0 && state.epoch - state.bestEpoch >= patience) {
        listener.told(
            "Training stopped early: no better epoch came in the last "
                + patience
                + " epochs; the best one was "
                + state.bestEpoch
                + ". Change it with patience=; 0 never stops.");
        break;
      }
      if (stops() && state.epoch < state.epochs) {
        return false;
      }
    }
    return true;
  }

  private boolean stops() {
    return listener.stops() || Thread.currentThread().isInterrupted();
  }

  /** Learns from one epoch; what its last batch gave, or null if it was stopped. */
  private NativeTraining.Learnt epoch() {
    int pictures = data.train().size();
    int batches = (pictures + batch - 1) / batch;
    training.startEpoch(state.epoch, state.epochs);
    loader.startEpoch(pictures, batch, state.batch);
    if (state.batch == 0) {
      state.sums = new double[training.losses().size()];
    }
    EpochProgress progress = new EpochProgress(state, pictures, batch, nanos);
    NativeTraining.Learnt learnt = null;
    while (state.batch < batches) {
      int index = state.batch;
      int slot = progress.timed(() -> loader.await(index));
      int count = Math.min(batch, pictures - index * batch);
      files.drawBatch(state.epoch, index, batches, slot, count);
      learnt = training.learn(slot, count, index);
      checkFinite(learnt, index);
      loader.release(index);
      listener.learned(progress.add(learnt));
      state.seconds = (nanos.getAsLong() - started) / NANOS;
      if (stops() && state.batch < batches) {
        return null;
      }
    }
    return learnt;
  }

  private void checkFinite(NativeTraining.Learnt learnt, int index) {
    if (learnt.isFinite()) {
      return;
    }
    throw new YoloException.InvalidData(
        "The loss must be a number, but batch "
            + (index + 1)
            + " of epoch "
            + (state.epoch + 1)
            + " gave none"
            + (training.text("amp").equals("1") ? "; train with amp=False, or" : "; train")
            + " with a lower lr0="
            + (state.epoch > 0 ? ", from the weights of the last epoch in " + files.last() : "")
            + ".");
  }

  /** With time=, how many epochs there will be; whether the time is over. */
  private boolean estimate() {
    Object hours = options.value(TrainArgument.TIME);
    if (hours == null) {
      return false;
    }
    double limit = ((Number) hours).doubleValue() * 3600;
    state.epochs =
        (int) Math.max(state.epoch + 1, Math.ceil(limit / (state.seconds / (state.epoch + 1))));
    return state.seconds >= limit;
  }

  /** Validates the epoch that was learnt, and writes its files. */
  private void validate(NativeTraining.Learnt last, boolean always) {
    int batches = state.batch;
    double[] means = new double[state.sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = state.sums[i] / batches;
    }
    Optional<ValResult> val = Optional.empty();
    double[] valLosses = null;
    if (always || options.flag(TrainArgument.VAL)) {
      val = Optional.of(measurement.accuracy());
      valLosses = measurement.losses(loader);
    }
    state.seconds = (nanos.getAsLong() - started) / NANOS;
    double fitness = val.map(ValResult::fitness).orElse(0.0);
    Map<String, Double> row =
        state.results.add(
            state.epoch + 1,
            state.seconds,
            training.losses(),
            means,
            plan.info().task(),
            val,
            valLosses,
            new double[] {last.biasRate(), last.rate(), last.rate()});
    boolean best = val.isPresent() && (fitness >= state.bestFitness || state.bestEpoch == 0);
    if (val.isPresent() && (fitness > state.bestFitness || state.bestFitness == 0)) {
      state.bestEpoch = state.epoch + 1;
    }
    state.bestFitness = best ? fitness : state.bestFitness;
    state.epoch++;
    state.batch = 0;
    files.writeEpoch(state, best, fitness, row);
    listener.epochDone(new EpochResult(state.epoch, state.epochs, row, val, fitness, best));
  }

  private TrainResult finish(boolean finished) {
    Optional<ValResult> val = Optional.empty();
    if (finished && options.flag(TrainArgument.SAVE)) {
      files.writeFinished(state);
      val = Optional.of(measurement.best(files.best(), files.predicted()));
    }
    if (finished) {
      files.writePlots(state, val);
    }
    return new TrainResult(
        folder, files.best(), files.last(), state.epoch, state.bestEpoch, finished, val);
  }
}
