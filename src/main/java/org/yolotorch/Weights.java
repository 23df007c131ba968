// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.weights.WeightFiles;
import org.yolotorch.internal.weights.WeightNames;
import org.yolotorch.internal.weights.WeightPlaces;

/**
 * Published weights by name, such as {@code yolo11n.pt}: finds them on this machine and, only where
 * {@link #download(String)} is called, fetches them.
 *
 * <p>Searched are, in this order: the working folder; the folders that the environment variable
 * {@code YOLOTORCH_WEIGHTS} names, separated as those of {@code PATH}; and the per-user cache,
 * {@code yolotorch/weights} in {@code $XDG_CACHE_HOME} or {@code ~/.cache} ({@code %LOCALAPPDATA%}
 * on Windows, {@code ~/Library/Caches} on macOS). Where a file {@code NAME.sha256} lies beside
 * weights in one of the latter two, they are compared with it at every use.
 *
 * <p>{@code yolo11n-codes.pt}, a YOLO11n that finds 1D and 2D codes, comes with the library under
 * the Apache License 2.0: where neither the working folder nor one of {@code YOLOTORCH_WEIGHTS} has
 * a file of its name, it is copied out of the jar into the folder of the native libraries. It never
 * needs a network.
 *
 * <p>Downloads come from the release assets of Ultralytics, or from the address that {@code
 * YOLOTORCH_WEIGHTS_URL} names, and go into the cache. The weights carry their own licence: those
 * of Ultralytics are AGPL-3.0 unless you have bought another one.
 *
 * <p>Thread-safe; two threads or processes that fetch the same file at once do so one after the
 * other, and the second finds it there.
 */
public final class Weights {
  private static final Listener SILENT = new Listener() {};

  private Weights() {}

  /**
   * Receives the progress of a download, on the thread that called {@link #download(String,
   * Listener)}; every method does nothing by default.
   */
  public interface Listener {
    /**
     * The server has answered.
     *
     * @param address where the file comes from
     * @param file where it goes
     * @param present bytes that are there already from an earlier attempt
     * @param bytes size of the whole file, or -1 if the server does not tell
     */
    default void started(URI address, Path file, long present, long bytes) {}

    /**
     * More bytes have come.
     *
     * @param present bytes that are there by now
     * @param bytes size of the whole file, or -1 if the server does not tell
     */
    default void progressed(long present, long bytes) {}

    /** The file is whole and in its place. */
    default void finished(Path file) {}

    /** Something unexpected happened, described in one sentence; the download goes on. */
    default void note(String sentence) {}
  }

  /**
   * Every published name, such as {@code yolo11n.pt} and {@code yolov8x-cls.pt}; and {@code
   * yolo11n-codes.pt}.
   */
  public static List<String> names() {
    return WeightNames.ALL;
  }

  /**
   * Looks for weights on this machine.
   *
   * @param name one of {@link #names()}
   * @return the file, or empty if it lies in none of the folders
   * @throws YoloException.NotFound if no weights of this name are published
   * @throws YoloException.CorruptModel if the file was cut short or changed since it was fetched
   */
  public static Optional<Path> find(String name) {
    Checks.given("name", name);
    return WeightFiles.find(name, WeightPlaces.ofThisProcess());
  }

  /** As {@link #download(String, Listener)}, without a listener. */
  public static Path download(String name) {
    return download(name, SILENT);
  }

  /**
   * Fetches weights into the cache, unless they lie on this machine already. A download that was
   * cut off goes on where it stopped, in a later call too. A file in the cache that was cut short
   * or changed is fetched again.
   *
   * @param name one of {@link #names()}
   * @return the file
   * @throws YoloException.NotFound if no weights of this name are published
   * @throws YoloException.DownloadFailed if the server cannot be reached or sends something else
   * @throws YoloException.WriteFailed if the cache cannot be written
   * @throws YoloException.CorruptModel if a folder of {@code YOLOTORCH_WEIGHTS} holds the file, cut
   *     short or changed
   * @throws YoloException.InvalidArgument if {@code YOLOTORCH_WEIGHTS_URL} is no address
   */
  public static Path download(String name, Listener listener) {
    Checks.given("name", name);
    Checks.given("listener", listener);
    return WeightFiles.download(name, listener, WeightPlaces.ofThisProcess());
  }
}
