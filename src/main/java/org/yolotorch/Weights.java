// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Published weights by name, such as {@code yolo11n.pt}: finds them on this machine and, only where
 * {@link #download(String)} is called, fetches them.
 *
 * <p>Looked through are, in this order: the working folder; the folders that the environment
 * variable {@code YOLOTORCH_WEIGHTS} names, separated as those of {@code PATH}; and the per-user
 * cache, {@code yolotorch/weights} in {@code $XDG_CACHE_HOME} or {@code ~/.cache} ({@code
 * %LOCALAPPDATA%} on Windows, {@code ~/Library/Caches} on macOS). Where a file {@code NAME.sha256}
 * lies beside weights in one of the latter two, they are compared with it at every use.
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

  /** Hears how a download goes, on the thread that asked for it; each method may be left out. */
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

    /** Something took another course than it should, told in one sentence; the download goes on. */
    default void note(String sentence) {}
  }

  /** Every name there is, such as {@code yolo11n.pt} and {@code yolov8x-cls.pt}. */
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
    return find(name, WeightPlaces.ofThisProcess());
  }

  /** As {@link #download(String, Listener)}, in silence. */
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
    return download(name, listener, WeightPlaces.ofThisProcess());
  }

  static Optional<Path> find(String name, WeightPlaces places) {
    Optional<Path> found = findOutsideCache(name, places);
    if (found.isPresent() || places.cache() == null) {
      return found;
    }
    return findIn(places.cache(), name);
  }

  static Path download(String name, Listener listener, WeightPlaces places) {
    Optional<Path> found = findOutsideCache(name, places);
    if (found.isPresent()) {
      return found.get();
    }
    if (places.cache() == null) {
      throw new YoloException.WriteFailed(
          "A cache folder for '"
              + name
              + "' was expected, but this machine names neither one nor a home; "
              + WeightPlaces.otherCache(name)
              + ".");
    }
    return new Download(places, name, listener).get();
  }

  /**
   * The file to load where there is none of a bare name.
   *
   * @return the file found; null if the name is not one of weights
   * @throws YoloException.NotFound if it is one and they are nowhere, or is nearly one
   */
  static Path locate(String name, WeightPlaces places) {
    if (!WeightNames.looksLikeOne(name)) {
      return null;
    }
    Optional<Path> found = find(name, places);
    if (found.isEmpty()) {
      throw new YoloException.NotFound(
          "'"
              + name
              + "' was expected in "
              + places.folders()
              + ", but is in none; put it there, or fetch it with Weights.download(\""
              + name
              + "\") or the command line.");
    }
    return found.get();
  }

  private static Optional<Path> findOutsideCache(String name, WeightPlaces places) {
    WeightNames.check(name);
    Path here = places.working().resolve(name);
    if (Files.exists(here)) {
      return Optional.of(here);
    }
    for (Path folder : places.named()) {
      Optional<Path> found = findIn(folder, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> findIn(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String complaint = Sha256.complaint(file);
    if (complaint != null) {
      throw new YoloException.CorruptModel(
          "'"
              + file
              + "' must be as it was fetched, but "
              + complaint
              + "; delete it, so that it is fetched anew, or delete '"
              + Sha256.beside(file).getFileName()
              + "' if you changed it.");
    }
    return Optional.of(file);
  }
}
