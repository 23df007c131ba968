// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Image;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Mutants;

/** Pictures from anywhere cost a known amount of memory and time, and end in one sentence. */
class HostileImagesTest {
  private static final int MUTANTS = 1_000;

  @TempDir Path folder;

  private static Image read(byte[] bytes) throws IOException {
    return Image.read(new ByteArrayInputStream(bytes));
  }

  /** In a JVM of its own, because the memory of this one is not known. */
  @Test
  void mutatedPicturesAreReadOrRefused() throws IOException, InterruptedException {
    String printed = ChildJvm.run(List.of("-Xmx256m"), Mutated.class);
    String[] numbers = printed.lines().reduce("", (a, b) -> b).split(" ");
    int decoded = Integer.parseInt(numbers[0]);
    int refused = Integer.parseInt(numbers[1]);
    int errors = Integer.parseInt(numbers[2]);
    double slowest = Double.parseDouble(numbers[3]);
    Assets.figure("R17_images", decoded + refused + errors, "pictures");
    Assets.figure("R17_decoded", decoded, "pictures");
    Assets.figure("R17_errors", errors, "pictures");
    Assets.figure("R17_slowest", slowest, "s");
    assertEquals(0, errors, printed);
    assertEquals(MUTANTS, decoded + refused);
    assertTrue(slowest <= 10, printed);
    // Else the mutations were too harsh or too tame to reach the decoders.
    assertTrue(decoded >= 100 && refused >= 300, printed);
  }

  /** Prints what was wrong, and at last: decoded, refused, wrong, the slowest in seconds. */
  static final class Mutated {
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][^\\p{Cntrl}]+\\.");
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]{5,}|0x[0-9a-f]{6,}");

    private Mutated() {}

    public static void main(String[] args) throws IOException {
      Mutants mutants = new Mutants(17);
      for (Mutants.Seed seed : mutants.seeds()) {
        if (!verdict(seed.bytes()).isEmpty()) {
          throw new AssertionError("the seed " + seed.name() + ": " + verdict(seed.bytes()));
        }
      }
      int decoded = 0;
      int refused = 0;
      int wrong = 0;
      long slowest = 0;
      for (int i = 0; i < MUTANTS; i++) {
        Mutants.Seed seed = mutants.seeds().get(i % mutants.seeds().size());
        byte[] bytes = mutants.next(seed);
        long start = System.nanoTime();
        String verdict = verdict(bytes);
        slowest = Math.max(slowest, System.nanoTime() - start);
        if (verdict.isEmpty()) {
          decoded++;
        } else if (SENTENCE.matcher(verdict).matches() && !ADDRESS.matcher(verdict).find()) {
          refused++;
        } else {
          wrong++;
          System.out.println(i + " " + seed.name() + ": " + verdict);
        }
      }
      System.out.println(decoded + " " + refused + " " + wrong + " " + slowest / 1e9);
    }

    /** Empty if the picture can be read, else why not; a line that is no sentence is a defect. */
    private static String verdict(byte[] bytes) {
      try {
        read(bytes);
        return "";
      } catch (YoloException e) {
        return e.getMessage();
      } catch (Throwable e) {
        return "\t" + e;
      }
    }
  }

  /** A small PNG whose header names other sides. */
  private static byte[] pretending(int width, int height) throws IOException {
    byte[] png = Mutants.encode(Mutants.picture(BufferedImage.TYPE_3BYTE_BGR), "png", null, false);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }

  @Test
  void hugePictureIsRefusedByItsHeader() throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("huge.png"), pretending(30_000, 30_000));
    String[] printed = ChildJvm.run(List.of("-Xmx128m"), Huge.class, file).split(" ");
    double first = Double.parseDouble(printed[0]);
    double second = Double.parseDouble(printed[1]);
    Assets.figure("R17_first_refusal_ms", first, "ms");
    Assets.figure("R17_refusal_ms", second, "ms");
    assertTrue(second <= 50, "took " + second + " ms");
  }

  /** Prints how long two refusals of a picture took, in milliseconds. */
  static final class Huge {
    private Huge() {}

    public static void main(String[] args) {
      Path file = Path.of(args[0]);
      System.out.println(refuse(file) + " " + refuse(file));
    }

    private static double refuse(Path file) {
      long start = System.nanoTime();
      YoloException error = assertThrows(YoloException.InvalidImage.class, () -> Image.read(file));
      long end = System.nanoTime();
      assertTrue(error.getMessage().contains("30000x30000"), error.getMessage());
      return (end - start) / 1e6;
    }
  }

  @Test
  void memoryThatRunsOutIsNoErrorOfTheJvm() throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=8m"), Tight.class).strip();
    assertTrue(printed.endsWith("3 refused, 1000 pixels a row read"), printed);
  }

  /**
   * Reads what cannot fit, what might but does not, what no direct memory is left for, the rest.
   */
  static final class Tight {
    private Tight() {}

    public static void main(String[] args) throws IOException {
      refuse(pretending(5_000, 5_000), "takes 72 MiB of Java's memory", "are 64;", "-Xmx");
      refuse(pretending(4_600, 4_500), "ran out of its 64 MiB", "-Xmx");
      refuse(bilevel(1_800), "10 MiB", "-XX:MaxDirectMemorySize");
      System.out.println("3 refused, " + read(bilevel(1_000)).width() + " pixels a row read");
    }

    private static byte[] bilevel(int side) throws IOException {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
      return Mutants.encode(image, "png", null, false);
    }

    private static void refuse(byte[] bytes, String... parts) {
      YoloException error = assertThrows(YoloException.OutOfMemory.class, () -> read(bytes));
      for (String part : parts) {
        assertTrue(error.getMessage().contains(part), error.getMessage());
      }
    }
  }

  @Test
  void everyDecoderStopsInTime() throws IOException, InterruptedException {
    String printed = ChildJvm.run(List.of(), Slow.class);
    assertTrue(printed.endsWith("9 stopped, 8 read"), printed);
  }

  /** Pictures that take a good part of a second each, unless somebody looks at the clock. */
  static final class Slow {
    private static final int SIDE = 3_000;

    private Slow() {}

    public static void main(String[] args) throws IOException {
      BufferedImage noise = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
      new Random(3).nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());
      BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      int[] row = new int[SIDE];
      for (int y = 0; y < SIDE; y++) {
        noise.getRaster().getSamples(0, y, SIDE, 1, 0, row);
        grey.getRaster().setSamples(0, y, SIDE, 1, 0, row);
      }
      int read = 0;
      for (String kind : "jpeg jpeg+ png png+ bmp gif gif+ tiff".split(" ")) {
        String format = kind.replace("+", "");
        byte[] bytes =
            Mutants.encode(format.equals("gif") ? grey : noise, format, null, !kind.equals(format));
        // Once unhindered, which shows that it was the limit that stopped the other.
        read += read(bytes).width() / SIDE;
        assertStopped(kind, bytes, Duration.ofMillis(1), Duration.ofSeconds(2));
      }
      assertStopped("scans", scans(grey), Duration.ofMillis(500), Duration.ofSeconds(3));
      System.out.println("9 stopped, " + read + " read");
    }

    /** An empty scan of a JPEG costs a few bytes, and its decoder a walk over all pixels. */
    private static byte[] scans(BufferedImage image) throws IOException {
      byte[] jpeg = Mutants.encode(image, "jpeg", null, true);
      int last = jpeg.length - 2;
      while (jpeg[last] != (byte) 0xFF || jpeg[last + 1] != (byte) 0xDA) {
        last--;
      }
      byte[] empty = Arrays.copyOf(Arrays.copyOfRange(jpeg, last, last + 10), 11);
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      bomb.write(jpeg, 0, last);
      for (int i = 0; i < 5_000; i++) {
        bomb.write(empty);
      }
      bomb.write(jpeg, last, jpeg.length - last);
      return bomb.toByteArray();
    }

    private static void assertStopped(String kind, byte[] bytes, Duration allowed, Duration most) {
      ImageLimits limits = ImageLimits.builder().decodeTime(allowed).build();
      long start = System.nanoTime();
      String message =
          assertThrows(
                  YoloException.InvalidImage.class,
                  () -> Image.read(new ByteArrayInputStream(bytes), limits),
                  kind)
              .getMessage();
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      String expected =
          "A picture must be decoded within " + allowed.toMillis() / 1e3 + " s, but the stream";
      assertTrue(message.startsWith(expected), message);
      assertTrue(taken.compareTo(most) <= 0, kind + " took " + taken);
    }
  }
}
