// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.yolotorch.codes.command.Mode;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.scene.Backgrounds;
import org.yolotorch.codes.scene.Photos;
import org.yolotorch.codes.scene.Scene;
import org.yolotorch.codes.scene.Settings;

/**
 * Makes pictures with codes and their labels. A picture depends on the seed, its split and its
 * number alone, not on threads or on how many there are.
 */
public final class Generate implements Mode {
  private static final int TRAIN = 0;
  private static final int VAL = 1;
  private static final int REPORTED = 500;

  private Settings settings;
  private Backgrounds backgrounds;
  private long seed;
  private int train;
  private int val;

  @Override
  public String help() {
    return GenerateArguments.HELP;
  }

  @Override
  public void run(PrintStream out, String... words) throws UsageException, IOException {
    GenerateArguments arguments = new GenerateArguments(words);
    settings = arguments.settings();
    seed = arguments.seed();
    train = arguments.pictures();
    val = arguments.val();
    backgrounds = new Backgrounds(new Photos(arguments.backgrounds()));
    Path folder = arguments.out();
    Path sheet = arguments.sheet();
    int threads = arguments.threads();
    if (folder == null && sheet == null) {
      throw new UsageException("out=DIR or sheet=FILE was expected, but neither came; add one.");
    }
    if (sheet != null) {
      ContactSheet.write(sheet, number -> scene(TRAIN, number));
    }
    if (folder != null) {
      write(new DataFolders(folder, arguments.tasks()), threads, out);
    }
  }

  /** The scene of a number. */
  private Scene scene(int split, long number) {
    return Scene.make(settings, backgrounds, split == VAL, Draws.of(seed, split, number));
  }

  private void write(DataFolders folders, int threads, PrintStream out) throws IOException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  work(folders, next, out);
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
    out.println(train + val + " pictures of " + (train + val));
  }

  private void work(DataFolders folders, AtomicInteger next, PrintStream out) throws IOException {
    JpegEncoder encoder = new JpegEncoder();
    for (int i = next.getAndIncrement(); i < train + val; i = next.getAndIncrement()) {
      // Those for validation come first, so that a run that is stopped can be used.
      int split = i < val ? VAL : TRAIN;
      int number = i < val ? i : i - val;
      Scene scene = scene(split, number);
      byte[] jpeg = encoder.encode(scene.picture().toImage(), scene.quality());
      String name = String.format(Locale.ROOT, "s%d-%07d", seed, number);
      folders.write(split == VAL ? "val" : "train", name, jpeg, scene);
      if (i > 0 && i % REPORTED == 0) {
        out.println(i + " pictures of " + (train + val));
      }
    }
  }

  private static void await(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the program was interrupted; start it again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
