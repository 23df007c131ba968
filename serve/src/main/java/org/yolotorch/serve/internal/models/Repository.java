// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.yolotorch.YoloException;

/**
 * The models of a server: single files, and a folder that is looked at again and again.
 * Thread-safe; a request that has found its model is not disturbed by changes.
 */
public final class Repository implements AutoCloseable {
  /** The version of a model that came as a single file. */
  private static final long ONLY_VERSION = 1;

  /** Loads a version. */
  public interface Loader {
    /**
     * Loads it.
     *
     * @throws YoloException if that fails
     */
    ServedModel load(String name, long version, Path file);
  }

  private final Map<String, Path> files;
  private final Path folder;
  private final boolean allVersions;
  private final Loader loader;

  private final Map<String, ServedVersions> models = new ConcurrentSkipListMap<>();

  /** Guards changes of {@link #models} and what follows. */
  private final ReentrantLock changing = new ReentrantLock();

  private final Set<String> unloaded = new HashSet<>();

  private boolean looked;

  /**
   * A repository without any model yet; {@link #refresh()} loads them.
   *
   * @param files models by name that are one file each
   * @param folder folder of models, or null
   */
  public Repository(Map<String, Path> files, Path folder, boolean allVersions, Loader loader) {
    this.files = files;
    this.folder = folder;
    this.allVersions = allVersions;
    this.loader = loader;
  }

  /**
   * Looks at all files again; loads what is new, and retires what is gone or replaced.
   *
   * @throws YoloException if a model that is a single file cannot be loaded at the first look
   */
  public void refresh() {
    changing.lock();
    try {
      Set<String> names = new HashSet<>(files.keySet());
      names.addAll(namesInFolder());
      for (String name : names) {
        if (!unloaded.contains(name)) {
          update(name, !looked, false);
        }
      }
      looked = true;
      for (Map.Entry<String, ServedVersions> entry : models.entrySet()) {
        if (!names.contains(entry.getKey())) {
          entry.getValue().retireAll();
          models.remove(entry.getKey());
        }
      }
    } finally {
      changing.unlock();
    }
  }

  private List<String> namesInFolder() {
    List<String> names = new ArrayList<>();
    if (folder != null) {
      try {
        for (Path model : ModelFile.folders(folder)) {
          String name = model.getFileName().toString();
          if (ModelName.isName(name)) {
            names.add(name);
          }
        }
      } catch (IOException e) {
        // Not there for the moment: what is served stays.
        names.addAll(models.keySet());
      }
    }
    return names;
  }

  /** Brings a model up to date with its files. */
  private void update(String name, boolean trusting, boolean again) {
    NavigableMap<Long, ModelFile> versions;
    try {
      versions = versionsOf(name);
    } catch (IOException e) {
      // A file that vanished between two looks; the next look tells.
      return;
    }
    ServedVersions served =
        models.computeIfAbsent(
            name, any -> new ServedVersions(name, files.containsKey(name), allVersions, loader));
    served.update(versions, trusting, again);
  }

  private NavigableMap<Long, ModelFile> versionsOf(String name) throws IOException {
    Path file = files.get(name);
    if (file == null) {
      return folder == null ? new TreeMap<>() : ModelFile.versions(folder.resolve(name));
    }
    // An architecture by name is no file.
    ModelFile one = Files.exists(file) ? ModelFile.of(file) : new ModelFile(file, 0, "");
    return new TreeMap<>(Map.of(ONLY_VERSION, one));
  }

  /**
   * Loads a model, or what is new of it, and versions that could not be loaded before once more.
   *
   * @throws YoloException.NotFound if there is no such model
   * @throws YoloException if no version of it can be loaded
   */
  public void load(String name) {
    changing.lock();
    try {
      if (!files.containsKey(name) && !namesInFolder().contains(name)) {
        throw new YoloException.NotFound(
            "A model of the repository was expected, but it has none of this name.");
      }
      unloaded.remove(name);
      // Who asks for it knows that its file is complete.
      update(name, true, true);
      ServedVersions served = models.get(name);
      if (served.newest() == null) {
        throw new YoloException.CorruptModel(
            "A version that can be served was expected, but there is none: " + served.reason());
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Stops serving a model; requests in flight are finished.
   *
   * @throws YoloException.NotFound if there is no such model
   */
  public void unload(String name) {
    changing.lock();
    try {
      ServedVersions served = models.get(name);
      if (served == null) {
        throw new YoloException.NotFound(
            "A model that is served was expected, but there is none of this name.");
      }
      unloaded.add(name);
      served.unload();
    } finally {
      changing.unlock();
    }
  }

  /**
   * A model for a request, which must call {@link ServedModel#leave()} in the end; null if none is
   * ready.
   *
   * @param version its version, or null for the newest
   */
  public ServedModel enter(String name, String version) {
    ServedVersions served = models.get(name);
    ServedModel found = null;
    // One that is retired between the two steps was replaced: look again.
    do {
      found =
          served == null
              ? null
              : version == null
                  ? served.newest()
                  : ModelName.isVersion(version) ? served.version(Long.parseLong(version)) : null;
    } while (found != null && !found.enter());
    return found;
  }

  /** Names of all models, ready or not. */
  public List<String> names() {
    return models.entrySet().stream()
        .filter(entry -> !entry.getValue().states().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The model that a request means which names none: the first that is ready; null for none. */
  public String defaultName() {
    for (Map.Entry<String, ServedVersions> entry : models.entrySet()) {
      if (entry.getValue().newest() != null) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** All versions of a model that were tried; empty if there is no such model. */
  public List<ModelState> states(String name) {
    ServedVersions served = models.get(name);
    return served == null ? List.of() : served.states();
  }

  /** Retires all models; those in use are closed when their requests end. */
  @Override
  public void close() {
    changing.lock();
    try {
      models.values().forEach(ServedVersions::retireAll);
    } finally {
      changing.unlock();
    }
  }
}
