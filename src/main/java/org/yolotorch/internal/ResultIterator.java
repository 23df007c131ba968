// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Predictor;
import org.yolotorch.Result;
import org.yolotorch.Source;
import org.yolotorch.StreamOptions;
import org.yolotorch.YoloException;

/** Iterates over the results of a source and predicts on demand. */
public final class ResultIterator implements Iterator<Result>, AutoCloseable {
  private final Predictor model;
  private final Source source;
  private final StreamOptions options;
  private final Deque<Result> ready = new ArrayDeque<>();

  /** Created by the first call, so that an unused stream starts no thread. */
  private ReadAhead ahead;

  /** The time begins with the first request. */
  private Deadline deadline;

  private final Deadline.Clock clock;

  public ResultIterator(Predictor model, Source source, StreamOptions options) {
    this(model, source, options, Deadline.SYSTEM);
  }

  ResultIterator(Predictor model, Source source, StreamOptions options, Deadline.Clock clock) {
    this.clock = clock;
    this.model = model;
    this.source = Checks.given("source", source);
    this.options = Checks.given("options", options);
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      deadline = Deadline.of(options.predict().timeout(), clock);
      ahead = new ReadAhead(source, 2 * options.batch());
    }
    while (ready.isEmpty() && ahead.hasNext()) {
      predict();
    }
    return !ready.isEmpty();
  }

  @Override
  public Result next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The source has ended.");
    }
    return ready.remove();
  }

  private void predict() {
    deadline.check();
    List<Image> images = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    while (images.size() < options.batch() && ahead.hasNext()) {
      ReadAhead.Entry entry = ahead.next();
      if (entry.failure() == null) {
        images.add(entry.image());
        frames.add(entry.frame());
      } else if (options.onFailure() == null) {
        throw entry.failure();
      } else {
        options.onFailure().accept(entry.frame(), entry.failure());
      }
    }
    deadline.check();
    List<Result> results = predict(images);
    for (int i = 0; i < results.size(); i++) {
      ready.add(results.get(i).at(frames.get(i)));
    }
  }

  private List<Result> predict(List<Image> images) {
    Duration left = deadline.left();
    if (left == null) {
      return model.predict(images, options.predict());
    }
    try {
      return model.predict(images, options.predict().toBuilder().timeout(left).build());
    } catch (YoloException.Timeout e) {
      // In the words of the whole stream.
      throw deadline.timeout();
    }
  }

  @Override
  public void close() {
    if (ahead == null) {
      source.close();
    } else {
      ahead.close();
    }
  }
}
