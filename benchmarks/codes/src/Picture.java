// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes one picture: builds a scene, looks where its codes are seen, renders, develops. */
final class Picture {
  private static final int ATTEMPTS = 40;

  private final Tools tools;
  private final Path folder;
  private final List<Path> photos;

  /** What became of it; set by {@link #make}. */
  Scene scene;

  View view;
  Lens lens;
  List<Code> codes;

  Picture(Tools tools, Path folder, List<Path> photos) {
    this.tools = tools;
    this.folder = folder;
    this.photos = photos;
  }

  /** Tries until a scene has a code that is seen well. */
  void make(long seed, long number, Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Rand rand = new Rand(seed, number, attempt);
      if (isSeen(rand)) {
        if (rand.chance(0.04)) {
          codes = List.of();
        }
        render(rand, file);
        return;
      }
    }
    throw new IllegalStateException(
        ("Expected a scene with a code within %d attempts for picture %d, got none;"
                + " use another seed.")
            .formatted(ATTEMPTS, number));
  }

  private boolean isSeen(Rand rand) {
    Textures textures = new Textures(rand, photos);
    SymbolWriter writer = new SymbolWriter(tools, folder, rand);
    scene = new Rooms(rand, textures, new ArtDesigner(tools, rand, writer, photos)).any();
    Photographer photographer = new Photographer(rand);
    view = photographer.look(scene);
    if (view == null) {
      return false;
    }
    List<Code> hoped = uncovered();
    if (hoped.stream().noneMatch(Code::isFair)) {
      return false;
    }
    view = photographer.opened(view, scene);
    lens = Lens.any(rand);
    write(folder.resolve("scene.pov"), scene.text(view, new Lamps(rand, textures)));
    int number = 1;
    for (int i = 0; i < scene.cards.size(); i++) {
      Card card = scene.cards.get(i);
      Mask.write(card.art(), pixels(card), number, folder.resolve("mask" + i + ".png"));
      number += card.art().symbols.size();
    }
    Path mask = folder.resolve("mask.png");
    List<String> options = new ArrayList<>(List.of("Declare=MASK=1", "File_Gamma=1.0", "-A"));
    options.addAll(Mask.region(hoped, view));
    povray(mask, Mask.SCALE, options);
    codes = Mask.read(mask, scene, view).stream().filter(Code::isFair).toList();
    return !codes.isEmpty();
  }

  private List<Code> uncovered() {
    List<Code> all = new ArrayList<>();
    for (Card card : scene.cards) {
      for (Placed placed : card.art().symbols) {
        all.add(Code.uncovered(card, placed, view));
      }
    }
    return all;
  }

  private void render(Rand rand, Path file) {
    List<Placed> kept = codes.stream().map(Code::placed).toList();
    for (int i = 0; i < scene.cards.size(); i++) {
      Card card = scene.cards.get(i);
      card.art().symbols.removeIf(placed -> kept.stream().noneMatch(one -> one == placed));
      Path art = folder.resolve("art" + i + ".png");
      card.art().write(tools, folder, art, pixels(card), rand.integer(1, 1 << 30));
    }
    Path rendered = folder.resolve("rendered.png");
    // The rays of a wide lens smooth edges by themselves.
    boolean wide = view.aperture() > 0;
    povray(
        rendered,
        lens.scale(),
        wide
            ? List.of("File_Gamma=sRGB", "-A")
            : List.of("File_Gamma=sRGB", "+A0.3", "+AM2", "+R2"));
    lens.develop(tools, folder, rendered, file, view, rand);
  }

  /** Pixels of printed matter for a cm: somewhat finer than the picture. */
  private double pixels(Card card) {
    double longest = Math.max(card.art().width, card.art().height);
    if (!view.reaches(card)) {
      return 48 / longest;
    }
    double depth = Math.max(2, card.depth(view.location(), view.direction()));
    double wanted = view.pixels() * lens.scale() / depth * 1.5;
    return Math.min(2200, Math.max(32, wanted * longest)) / longest;
  }

  private void povray(Path file, double scale, List<String> options) {
    List<String> command = new ArrayList<>(List.of("povray", "+Iscene.pov", "+O" + file));
    command.add("+W" + Math.round(view.width() * scale));
    command.add("+H" + Math.round(view.height() * scale));
    command.addAll(
        List.of("-D", "+FN8", "+WT1", "Dither=off", "+SU", "-GA", "+GF", "+L" + tools.includes));
    command.addAll(options);
    tools.run(folder, command);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
