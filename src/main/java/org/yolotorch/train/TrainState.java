// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.yolotorch.YoloException;

/** What a training goes on from, beside the network: kept as a text in its checkpoints. */
final class TrainState {
  private static final String ARGUMENT = "argument.";

  /** Epochs that are done. */
  int epoch;

  /** Batches of the next epoch that are done. */
  int batch;

  /** Sums of the loss's parts over these batches. */
  double[] sums = new double[0];

  int epochs;
  double seconds;
  double bestFitness;
  int bestEpoch;
  String data = "";
  ResultsTable results = new ResultsTable();
  Map<TrainArgument, Object> arguments = new EnumMap<>(TrainArgument.class);

  String text() {
    Properties all = new Properties();
    all.setProperty("epoch", Integer.toString(epoch));
    all.setProperty("batch", Integer.toString(batch));
    all.setProperty(
        "sums", Arrays.stream(sums).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    all.setProperty("epochs", Integer.toString(epochs));
    all.setProperty("seconds", Double.toString(seconds));
    all.setProperty("bestFitness", Double.toString(bestFitness));
    all.setProperty("bestEpoch", Integer.toString(bestEpoch));
    all.setProperty("data", data);
    all.setProperty("results", results.csv());
    arguments.forEach((key, value) -> all.setProperty(ARGUMENT + key.key(), value.toString()));
    StringWriter text = new StringWriter();
    try {
      all.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The first line is the date, which no two writings have in common; the others in one order.
    return text.toString().lines().skip(1).sorted().collect(Collectors.joining("\n"));
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws YoloException.CorruptModel if it is none
   */
  static TrainState parse(String text) {
    Properties all = new Properties();
    TrainState state = new TrainState();
    try {
      all.load(new StringReader(text));
      state.epoch = Integer.parseInt(all.getProperty("epoch"));
      state.batch = Integer.parseInt(all.getProperty("batch"));
      state.sums =
          Arrays.stream(all.getProperty("sums").split(" "))
              .filter(word -> !word.isEmpty())
              .mapToDouble(Double::parseDouble)
              .toArray();
      state.epochs = Integer.parseInt(all.getProperty("epochs"));
      state.seconds = Double.parseDouble(all.getProperty("seconds"));
      state.bestFitness = Double.parseDouble(all.getProperty("bestFitness"));
      state.bestEpoch = Integer.parseInt(all.getProperty("bestEpoch"));
      state.data = all.getProperty("data", "");
      state.results = ResultsTable.parse(all.getProperty("results", ""));
    } catch (IOException | RuntimeException e) {
      throw new YoloException.CorruptModel(
          "The state of an interrupted training was expected in the checkpoint, but what it holds"
              + " is none; resume from the last.pt that the training wrote.",
          e);
    }
    for (String key : all.stringPropertyNames()) {
      TrainArgument argument =
          key.startsWith(ARGUMENT) ? TrainArgument.find(key.substring(ARGUMENT.length())) : null;
      if (argument != null) {
        state.arguments.put(argument, argument.parse(all.getProperty(key)));
      }
    }
    return state;
  }
}
