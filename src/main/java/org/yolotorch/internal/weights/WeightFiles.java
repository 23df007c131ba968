// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Weights;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Shipped;

/** Finds and fetches weights in given places; {@link Weights} says what each call does. */
public final class WeightFiles {
  private WeightFiles() {}

  /** The file of these weights in one of these places. */
  public static Optional<Path> find(String name, WeightPlaces places) {
    Optional<Path> found = findWithoutCache(name, places);
    if (found.isPresent() || places.cache() == null) {
      return found;
    }
    return findIn(places.cache(), name);
  }

  /** The file of these weights, fetched into the cache unless it lies in one of the places. */
  public static Path download(String name, Weights.Listener listener, WeightPlaces places) {
    Optional<Path> found = findWithoutCache(name, places);
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
  public static Path locate(String name, WeightPlaces places) {
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

  private static Optional<Path> findWithoutCache(String name, WeightPlaces places) {
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
    return Shipped.MODELS.contains(name) ? Optional.of(Shipped.file(name)) : Optional.empty();
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
