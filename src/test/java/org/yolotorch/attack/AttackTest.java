// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ExportOptions;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;

/** R3 and R4: every idea of the lists is refused by the gate, for its own reason and at once. */
class AttackTest {
  /**
   * CPU time of each attack in verifications of the sound archive, which is 11 MB. The values of a
   * pickle, up to 250,000, cost about 40; what is searched by the square of 200,000 costs
   * thousands.
   */
  private static final double MOST_COST = 200;

  /** The same for bombs, which are refused before any of their work is done. */
  private static final double MOST_BOMB_COST = 10;

  private static final double MOST_MB = 64;

  @TempDir static Path folder;

  private static Path seed;
  private static double soundMs;
  private static List<Attack> attacks;

  @BeforeAll
  static void makeFiles() throws IOException {
    try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"))) {
      seed =
          model.export(
              ExportOptions.builder().imgsz(32).file(folder.resolve("seed.torchscript")).build());
    }
    byte[] bytes = Files.readAllBytes(seed);
    attacks = new ArrayList<>();
    attacks.addAll(CodeAttacks.all());
    attacks.addAll(ProgramAttacks.all());
    attacks.addAll(PickleAttacks.all());
    attacks.addAll(ObjectAttacks.all());
    attacks.addAll(TensorAttacks.all(bytes));
    attacks.addAll(ZipAttacks.all(bytes));
    attacks.addAll(BombAttacks.all(bytes));
    attacks.addAll(CheckpointAttacks.all());
    List<String> files = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      Path file = folder.resolve("attack" + i + ".torchscript");
      Files.write(file, attacks.get(i).file().get());
      files.add(file.toString());
    }
    Files.write(folder.resolve("list"), files);
  }

  /** Otherwise any fault of the forge would pass for a refused attack. */
  @Test
  void whatTheForgeMakesIsSound() throws IOException {
    Path file = folder.resolve("sound.torchscript");
    Files.write(file, ForgedZip.read(Files.readAllBytes(seed)).toBytes());
    ModelArchive.verify(file);
    Yolo.load(file).close();
    Files.write(file, new TinyArchive().bytes());
    ModelArchive.verify(file);
    Files.write(
        file,
        new TinyArchive()
            .body("y = torch.add(x, self.weight)\nz = int(1.e-5)")
            .attribute("pair", "Tuple[int, Optional[float]]", p -> p.number(1).op('N', 0x86))
            .bytes());
    ModelArchive.verify(file);
    Files.write(file, CheckpointAttacks.checkpoint(p -> p.text("x"), p -> p.number(1)));
    ModelArchive.verify(file);
  }

  @Test
  void namesAreTheirOwn() {
    Set<String> names = new HashSet<>();
    for (Attack attack : attacks) {
      assertTrue(names.add(attack.name()), attack.name());
    }
  }

  @Test
  void theGateRefusesEach() throws Exception {
    int refused = 0;
    double dearest = 0;
    double dearestBomb = 0;
    double most = 0;
    List<String> failures = new ArrayList<>();
    List<String[]> results = run("verify");
    for (int i = 0; i < attacks.size(); i++) {
      Attack attack = attacks.get(i);
      String[] result = results.get(i);
      double cost = Double.parseDouble(result[0]) / soundMs;
      double mb = Double.parseDouble(result[1]);
      String fault = fault(attack, result);
      refused += fault.isEmpty() ? 1 : 0;
      if (cost > (attack.bomb() ? MOST_BOMB_COST : MOST_COST)) {
        fault += " cost " + cost + " times a sound archive";
      }
      if (mb > MOST_MB) {
        fault += " took " + mb + " MB";
      }
      if (!fault.isEmpty()) {
        failures.add(i + " " + attack.name() + ":" + fault);
      }
      if (cost > dearest) {
        dearest = cost;
        System.out.println("The dearest attack so far: " + attack.name());
      }
      dearestBomb = Math.max(dearestBomb, attack.bomb() ? cost : 0);
      most = Math.max(most, mb);
    }
    Assets.figure("R3_attacks", attacks.size(), "files");
    Assets.figure("R3_refused", refused, "files");
    Assets.figure("R3_slowest", dearest * soundMs, "ms_of_CPU");
    Assets.figure("R3_slowest_over_sound_archive", dearest, "ratio");
    Assets.figure("R3_most_memory", most, "MB");
    Assets.figure("R4_slowest", dearestBomb * soundMs, "ms_of_CPU");
    Assets.figure("R4_slowest_over_sound_archive", dearestBomb, "ratio");
    assertTrue(failures.isEmpty(), String.join("\n", failures));
    assertTrue(attacks.size() >= 40);
  }

  /** The same sentence from Yolo.load: LibTorch was not asked. */
  @Test
  void loadingRefusesEachAlike() throws Exception {
    List<String[]> results = run("load");
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      String fault = fault(attacks.get(i), results.get(i));
      if (!fault.isEmpty()) {
        failures.add(i + " " + attacks.get(i).name() + ":" + fault);
      }
    }
    assertEquals("", String.join("\n", failures));
  }

  private static String fault(Attack attack, String[] result) {
    String type = attack.error().getSimpleName();
    String message = result.length > 3 ? result[3] : "";
    boolean sentence = !message.contains("|") && message.length() < 600;
    return type.equals(result[2]) && message.contains(attack.words()) && sentence
        ? ""
        : " expected " + type + " '" + attack.words() + "', was " + result[2] + " " + message;
  }

  private static List<String[]> run(String how) throws Exception {
    List<String[]> results = new ArrayList<>();
    List<String> other = new ArrayList<>();
    Process child =
        ChildJvm.start(
            List.of("-Xmx64m", "-Xms64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
            GateMain.class,
            how,
            folder.resolve("list"),
            seed);
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("RESULT ")) {
          results.add(line.substring(line.indexOf('\t') + 1).split("\t", 4));
        } else if (line.startsWith("SOUND ")) {
          soundMs = Double.parseDouble(line.substring(6).split("\t")[0]);
        } else if (!line.startsWith("BEGIN ")) {
          other.add(line);
        }
      }
    }
    int code = child.waitFor();
    String dead =
        results.size() < attacks.size() ? attacks.get(results.size()).name() : "none of them";
    assertEquals(0, code, "the JVM died of '" + dead + "': " + other);
    assertEquals(attacks.size(), results.size());
    return results;
  }
}
