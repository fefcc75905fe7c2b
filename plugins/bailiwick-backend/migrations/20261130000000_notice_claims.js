/** Which notifications a portal is sending, so that others neither send them too nor forget them. */
exports.up = async function up(knex) {
  await knex.schema.alterTable('told_notices', table => {
    table
      .bigInteger('claimed_at')
      .comment(
        'When a portal began to send it (Unix milliseconds); empty once it is sent',
      );
  });
};

exports.down = async function down(knex) {
  await knex.schema.alterTable('told_notices', table => {
    table.dropColumn('claimed_at');
  });
};
